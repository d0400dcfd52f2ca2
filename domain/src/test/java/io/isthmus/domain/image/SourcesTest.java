package io.isthmus.domain.image;

import static io.isthmus.domain.image.Bench.ALICE;
import static io.isthmus.domain.image.Bench.DEMO;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import io.isthmus.domain.cloud.Account;
import io.isthmus.domain.cloud.CloudId;
import io.isthmus.domain.fault.FaultCode;
import io.isthmus.domain.fault.FederationFault;
import io.isthmus.domain.fault.Violation;
import java.io.ByteArrayInputStream;
import java.io.InterruptedIOException;
import java.net.URI;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Images that stand at an address. */
class SourcesTest {

  private static final URI AT = URI.create("https://93.184.216.34/debian.raw?signature=secret");
  private static final CloudId GRA = new CloudId("gra");
  private static final Account ACCOUNT = new Account(GRA, "os-acme/demo");
  private static final byte[] CONTENT = Bench.content(300_000, 3);

  private final CopyStore.Need shop = new CopyStore.Need(UUID.randomUUID(), "image-debian", 1);
  private Bench bench;

  @BeforeEach
  void open() {
    bench = new Bench();
    bench.sources.contents.put(AT, CONTENT);
  }

  @AfterEach
  void close() {
    bench.close();
  }

  private static ImageDigests digests(byte[] content) {
    Digesting digesting = new Digesting();
    digesting.add(content, content.length);
    return digesting.done();
  }

  private static NewImage at(String source, long size, Optional<String> sha256) {
    return new NewImage(
        DEMO,
        "debian",
        "",
        "raw",
        0,
        0,
        Map.of("os_distro", "debian"),
        size,
        sha256,
        Optional.empty(),
        false,
        Optional.of(source));
  }

  private ProjectImage added() {
    return bench.images.add(at(AT.toString(), 0, digests(CONTENT).sha256()), ALICE);
  }

  private ProjectImage read() {
    ProjectImage image = added();
    bench.reader.wake();
    return now(image);
  }

  private ProjectImage now(ProjectImage image) {
    return bench.store.find(image.id()).orElseThrow();
  }

  private String trouble(ProjectImage image) {
    return now(image).trouble().orElseThrow().in(Locale.ENGLISH);
  }

  private ImageCopy want(ProjectImage image) {
    return bench
        .copies
        .want(image.id(), DEMO, ACCOUNT, "R1", shop, bench.clock.instant())
        .orElseThrow();
  }

  private ImageCopy copy() {
    return bench.copies.of(DEMO).get(0);
  }

  @Test
  void isReadOnceForItsSizeAndDigestsAndNothingIsKept() {
    ProjectImage image = added();
    assertThat(image.state()).isEqualTo(ProjectImage.State.READING);
    assertThat(bench.images.unfinished(DEMO)).containsExactly("debian");
    bench.reader.wake();

    ProjectImage ready = now(image);
    assertThat(ready.state()).isEqualTo(ProjectImage.State.READY);
    assertThat(ready.size()).isEqualTo(CONTENT.length);
    assertThat(ready.digests()).isEqualTo(digests(CONTENT));
    assertThat(bench.images.of(DEMO).get("debian").sha512())
        .isEqualTo(digests(CONTENT).sha512().orElseThrow());
    assertThat(bench.directory).isEmptyDirectory();
    assertThat(bench.store.kept(DEMO).bytes()).isEqualTo(CONTENT.length);
  }

  @Test
  void goesOnWhereItBrokeOff() {
    bench.sources.breaksAfter = 100_000;
    assertThat(read().state()).isEqualTo(ProjectImage.State.READY);
    assertThat(bench.sources.answers).containsExactly(0L, 100_000L, 200_000L);
  }

  @Test
  void aSourceThatDripsIsGivenUpLongBeforeTheDeadline() {
    bench.sources.most = 1;
    bench.sources.beforeRead = () -> bench.clock.pass(Duration.ofSeconds(29));
    Instant begun = bench.clock.instant();
    ProjectImage image = read();
    assertThat(Duration.between(begun, bench.clock.instant())).isLessThan(Duration.ofMinutes(30));
    assertThat(trouble(image)).contains("broke off", "65536 bytes came in 60 s");
    assertThat(image.state()).isEqualTo(ProjectImage.State.READING);
  }

  /** Where all is told anew, what was there before can drip too. */
  @Test
  void aSourceThatDripsWhileItIsGoneOverIsGivenUp() {
    bench.sources.knowsRanges = false;
    bench.sources.breaksAfter = 100_000;
    bench.sources.afterOpen =
        () -> {
          if (bench.sources.answers.size() == 2) {
            bench.sources.most = 1;
            bench.sources.beforeRead = () -> bench.clock.pass(Duration.ofSeconds(29));
          }
        };
    Instant begun = bench.clock.instant();
    ProjectImage image = read();
    assertThat(Duration.between(begun, bench.clock.instant())).isLessThan(Duration.ofMinutes(30));
    assertThat(trouble(image)).contains("broke off after 100,000 bytes");
    assertThat(bench.sources.answers).hasSizeLessThan(8);
  }

  @Test
  void whatIsNotWantedAnyMoreIsNotGoneOverToItsEnd() {
    bench.sources.knowsRanges = false;
    bench.sources.breaksAfter = 100_000;
    ProjectImage image = added();
    AtomicInteger reads = new AtomicInteger();
    bench.sources.afterOpen =
        () -> {
          if (bench.sources.answers.size() == 2) {
            bench.images.remove(DEMO, image.id(), ALICE);
            bench.sources.most = 1000;
            bench.sources.beforeRead =
                () -> {
                  reads.incrementAndGet();
                  bench.clock.pass(Duration.ofSeconds(1));
                };
          }
        };
    bench.reader.wake();
    assertThat(reads.get()).isLessThan(10);
    assertThat(bench.sources.answers).hasSize(2);
    assertThat(bench.store.forgetLeft(bench.clock.instant())).containsExactly(image.id());
  }

  @Test
  void whatIsClosedFromOutsideIsReadNoMore() throws Exception {
    try (SourceStream stream =
        bench.contents.read(AT, bench.clock.instant().plusSeconds(60), () -> {})) {
      assertThat(stream.read()).isGreaterThanOrEqualTo(0);
      bench.sources.beforeRead = stream::close;
      assertThat(stream.read()).isGreaterThanOrEqualTo(0);
      assertThatThrownBy(stream::read).isInstanceOf(InterruptedIOException.class);
      assertThat(bench.sources.answers).hasSize(1);
    }
  }

  @Test
  void beginsAnewWhereTheServerCannotGoOn() {
    bench.sources.knowsRanges = false;
    bench.sources.tellsSize = false;
    bench.sources.failures.addAll(List.of(0, 503));
    assertThat(read().state()).isEqualTo(ProjectImage.State.READY);
    assertThat(now(read("other")).digests()).isEqualTo(digests(CONTENT));
  }

  private ProjectImage read(String name) {
    NewImage same = at(AT.toString(), CONTENT.length, digests(CONTENT).sha256());
    ProjectImage image =
        bench.images.add(
            new NewImage(
                DEMO,
                name,
                "",
                "raw",
                0,
                0,
                Map.of(),
                same.size(),
                Optional.empty(),
                digests(CONTENT).sha512(),
                false,
                same.source()),
            ALICE);
    bench.reader.wake();
    return image;
  }

  @Test
  void otherContentIsRefusedWithoutTellingWhatItIs() {
    bench.sources.contents.put(AT, Bench.content(300_000, 4));
    ProjectImage image = read();
    assertThat(image.state()).isEqualTo(ProjectImage.State.REFUSED);
    assertThat(trouble(image))
        .contains("SHA-256", digests(CONTENT).sha256().orElseThrow())
        .doesNotContain(digests(Bench.content(300_000, 4)).sha256().orElseThrow());
  }

  @Test
  void anAnswerThatIsNoContentIsToldWithTheAddressWithoutItsSecret() {
    bench.sources.contents.clear();
    ProjectImage image = read();
    assertThat(image.state()).isEqualTo(ProjectImage.State.REFUSED);
    assertThat(trouble(image))
        .isEqualTo("https://93.184.216.34/debian.raw?… answered 404 Not Found.");
  }

  @Test
  void aSourceThatIsAwayIsTriedAgainAndNotForEver() {
    ProjectImage image = added();
    for (int i = 0; i < 25; i++) {
      bench.sources.failures.add(503);
    }
    bench.reader.wake();
    assertThat(now(image).state()).isEqualTo(ProjectImage.State.READING);
    assertThat(trouble(image)).contains("503");
    assertThat(bench.sources.failures).hasSize(20);
    bench.reader.wake();
    assertThat(bench.sources.failures).hasSize(20);
    for (int i = 0; i < 4; i++) {
      bench.clock.pass(Duration.ofMinutes(10));
      bench.reader.wake();
    }
    assertThat(now(image).state()).isEqualTo(ProjectImage.State.REFUSED);
    assertThat(bench.sources.failures).isEmpty();
  }

  @Test
  void theSizeThatATryInVainTookIsNotHeldForTold() {
    bench.sources.contents.put(AT, Bench.content(200_000, 4));
    bench.sources.breaksAfter = 100_000;
    bench.sources.afterOpen = () -> bench.sources.failures.addAll(List.of(503, 503, 503, 503, 503));
    ProjectImage image = read();
    assertThat(image.state()).isEqualTo(ProjectImage.State.READING);
    assertThat(image.size()).isZero();

    bench.sources.afterOpen = () -> {};
    bench.sources.contents.put(AT, CONTENT);
    bench.clock.pass(Duration.ofMinutes(10));
    bench.reader.wake();
    assertThat(now(image).state()).isEqualTo(ProjectImage.State.READY);
    assertThat(now(image).size()).isEqualTo(CONTENT.length);
  }

  @Test
  void whatIsNotOfItsFormatIsRefusedBeforeAnyCloudSeesIt() {
    byte[] backed = new byte[100_000];
    System.arraycopy(new byte[] {'Q', 'F', 'I', (byte) 0xfb, 0, 0, 0, 3}, 0, backed, 0, 8);
    bench.sources.contents.put(AT, backed);
    assertThat(read().state()).isEqualTo(ProjectImage.State.REFUSED);
  }

  @Test
  void moreThanTheProjectMayHaveIsRefusedAsSoonAsItIsKnown() {
    Bench small = new Bench(1, 0);
    try {
      small.sources.contents.put(AT, CONTENT);
      ProjectImage image = small.images.add(at(AT.toString(), 0, digests(CONTENT).sha256()), ALICE);
      small.reader.wake();
      assertThat(small.store.find(image.id()).orElseThrow().trouble().orElseThrow().toString())
          .contains("300,000 more are too many");
    } finally {
      small.close();
    }
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "http://93.184.216.34/x",
        "https://127.0.0.1/x",
        "https://10.1.2.3/x",
        "https://169.254.169.254/latest/meta-data",
        "https://[::1]/x",
        "https://user:secret@93.184.216.34/x",
        "https://user:secret@a_b/x?secret",
        "https://user:se cret:secret@93.184.216.34/x",
        "http://93.184.216.34/x?signature=secret",
        "https://93.184.216.34/x y?signature=secret",
        "user:secret@93.184.216.34/x",
        "file:///etc/passwd",
        "https:///x",
        "ftp://93.184.216.34/x",
        "https://93.184.216.34/x#y",
        "not an address"
      })
  void addressesThatNobodyMayGoToAreRefused(String source) {
    FederationFault fault =
        catchThrowableOfType(
            FederationFault.class,
            () -> bench.images.add(at(source, 0, digests(CONTENT).sha256()), ALICE));
    assertThat(fault.code()).isEqualTo(FaultCode.REQUEST_INVALID);
    assertThat(fault.violations()).extracting(Violation::pointer).containsExactly("url");
    assertThat(fault.getMessage()).doesNotContain("secret");
  }

  @ParameterizedTest
  @CsvSource({
    "https://image.nowhere.invalid/x, knows no address of the name image.nowhere.invalid",
    "https://localhost/x, localhost leads to where no image"
  })
  void namesAreRefusedWithoutTellingWhatTheyLeadTo(String source, String told) {
    FederationFault fault =
        catchThrowableOfType(
            FederationFault.class,
            () -> bench.images.add(at(source, 0, digests(CONTENT).sha256()), ALICE));
    assertThat(fault.violations()).extracting(Violation::pointer).containsExactly("url");
    assertThat(fault.getMessage()).contains(told).doesNotContain("127.0.0.1");
  }

  @Test
  void aDigestIsNeeded() {
    FederationFault fault =
        catchThrowableOfType(
            FederationFault.class,
            () -> bench.images.add(at(AT.toString(), 0, Optional.empty()), ALICE));
    assertThat(fault.violations()).extracting(Violation::pointer).containsExactly("sha256");
  }

  @Test
  void nothingIsUploadedToIt() {
    ProjectImage image = read();
    FederationFault fault =
        catchThrowableOfType(
            FederationFault.class,
            () ->
                bench.images.append(DEMO, image.id(), 0, new ByteArrayInputStream(CONTENT), ALICE));
    assertThat(fault.code()).isEqualTo(FaultCode.CONFLICT);
  }

  @Test
  void aCloudThatCanDownloadsItItself() {
    ProjectImage image = read();
    bench.glance.downloading.add("gra");
    bench.glance.savingLooks = 2;
    bench.sources.answers.clear();
    want(image);
    bench.step();
    assertThat(copy().state()).isEqualTo(ImageCopy.State.COPYING);
    bench.settle();

    assertThat(copy().state()).isEqualTo(ImageCopy.State.ACTIVE);
    assertThat(copy().way()).contains(ImageDriver.Way.WEB_DOWNLOAD);
    assertThat(bench.glance.sentTo).isEmpty();
    assertThat(bench.sources.answers).isEmpty();
  }

  @Test
  void elsewhereItIsStreamedWithoutBeingKept() {
    ProjectImage image = read();
    want(image);
    bench.step();

    assertThat(copy().state()).isEqualTo(ImageCopy.State.ACTIVE);
    assertThat(copy().way()).contains(ImageDriver.Way.UPLOAD);
    assertThat(copy().sent()).isEqualTo(CONTENT.length);
    assertThat(bench.directory).isEmptyDirectory();
  }

  @ParameterizedTest
  @CsvSource({"true, image_conversion", "false, could not download the image itself"})
  void whatADownloadMakesSomethingElseOfOrCannotHaveIsStreamed(boolean converts, String told) {
    ProjectImage image = read();
    bench.glance.downloading.add("gra");
    bench.glance.converts = converts;
    if (!converts) {
      bench.glance.web = Map.of();
    }
    want(image);
    bench.step();
    assertThat(copy().trouble().orElseThrow().in(Locale.ENGLISH)).contains(told);
    bench.settle();

    assertThat(copy().state()).isEqualTo(ImageCopy.State.ACTIVE);
    assertThat(copy().way()).contains(ImageDriver.Way.UPLOAD);
    assertThat(copy().trouble()).isEmpty();
    assertThat(bench.glance.downloads).hasSize(1);
    assertThat(bench.glance.images.values()).allSatisfy(there -> assertThat(there).hasSize(1));
  }

  @Test
  void whatACloudRepeatsOfTheAddressIsToldWithoutItsSecret() {
    ProjectImage image = read();
    bench.glance.downloading.add("gra");
    bench.glance.refusesDownload =
        AT + " is not allowed; nor is https://u:secret@a.example/?secret";
    want(image);
    bench.step();
    assertThat(copy().trouble().orElseThrow().in(Locale.ENGLISH))
        .contains("https://93.184.216.34/debian.raw?… is not allowed; nor is https://a.example/?…")
        .doesNotContain("secret");
    bench.settle();
    assertThat(copy().way()).contains(ImageDriver.Way.UPLOAD);
  }

  @ParameterizedTest
  @CsvSource({
    "https://u:p@h.example/a?b=c, https://h.example/a?…",
    "https://h.example/a#b, https://h.example/a#…",
    "https://h.example/a@b, https://h.example/a@b",
    "https://u:p@h_h/a?b, https://h_h/a?…",
    "mailto:u@h.example, …",
    "https://u:p q@h.example/a?b@c, https://…",
    "a b?c, a b?…"
  })
  void anAddressIsShownWithoutWhatLetsOneIn(String address, String shown) {
    assertThat(ImageSources.shown(address)).isEqualTo(shown);
  }

  @Test
  void whatStandsThereNowIsNotSentIfItIsAnother() {
    ProjectImage image = read();
    bench.sources.contents.put(AT, Bench.content(300_000, 9));
    want(image);
    bench.settle();

    assertThat(copy().state()).isEqualTo(ImageCopy.State.FAILED);
    assertThat(copy().code()).contains(FaultCode.SOURCE_REJECTED);
    assertThat(copy().trouble().orElseThrow().in(Locale.ENGLISH)).contains("its digest is another");
    assertThat(bench.glance.images.values()).allSatisfy(there -> assertThat(there).isEmpty());
  }

  @Test
  void aServerThatDiesAtAnyCallLeavesOneCopy() {
    ProjectImage image = read();
    bench.glance.downloading.add("gra");
    for (int calls = 0; calls < 9; calls++) {
      for (SimulatedGlance.Weather death :
          List.of(
              SimulatedGlance.Weather.CRASH_BEFORE,
              SimulatedGlance.Weather.CRASH_AFTER,
              SimulatedGlance.Weather.LOST_ANSWER)) {
        want(image);
        for (int i = 0; i < calls; i++) {
          bench.glance.weather.add(SimulatedGlance.Weather.FINE);
        }
        bench.glance.weather.add(death);
        bench.stepOrDie();
        bench.glance.weather.clear();
        bench.settle();

        assertThat(copy().state())
            .as("%s at call %s", death, calls)
            .isEqualTo(ImageCopy.State.ACTIVE);
        assertThat(bench.glance.images.values()).allSatisfy(there -> assertThat(there).hasSize(1));
        bench.copies.release(GRA, "R1", shop, bench.clock.instant());
        bench.copies.remove(copy().id(), bench.clock.instant());
        bench.settle();
        assertThat(bench.copies.of(DEMO)).isEmpty();
      }
    }
  }

  @Test
  void isDeletedAlsoWhereNothingIsKept() {
    ProjectImage image = read();
    bench.images.remove(DEMO, image.id(), ALICE);
    ImageFiles none =
        new ImageFiles(new ImageSettings(Optional.empty(), 1, 1, Duration.ofHours(1), 1, false));
    bench.store.leaving().forEach(none::delete);
    assertThat(bench.store.forgetLeft(bench.clock.instant())).containsExactly(image.id());
  }

  @Test
  void isRenamedWhileNoStackNamesIt() {
    ProjectImage image = read();
    bench.images.change(DEMO, image.id(), renamed("debian-13"), ALICE);
    assertThat(bench.images.of(DEMO)).containsOnlyKeys("debian-13");

    read("taken");
    assertThat(fault(image, "taken").code()).isEqualTo(FaultCode.NAME_TAKEN);
    assertThat(fault(image, "no/name").violations())
        .extracting(Violation::pointer)
        .containsExactly("name");
    bench.uses.add(new ImageUses.Use("shop", image.id().toString()));
    assertThat(fault(image, "debian").code()).isEqualTo(FaultCode.CONFLICT);
  }

  private FederationFault fault(ProjectImage image, String name) {
    return catchThrowableOfType(
        FederationFault.class, () -> bench.images.change(DEMO, image.id(), renamed(name), ALICE));
  }

  private static ImageChange renamed(String name) {
    return new ImageChange(
        Optional.of(name),
        Optional.empty(),
        Optional.empty(),
        Optional.empty(),
        Optional.empty(),
        Optional.empty());
  }
}
