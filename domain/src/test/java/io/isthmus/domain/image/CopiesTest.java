package io.isthmus.domain.image;

import static io.isthmus.domain.image.Bench.ALICE;
import static io.isthmus.domain.image.Bench.DEMO;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.isthmus.domain.cloud.Account;
import io.isthmus.domain.cloud.CloudId;
import io.isthmus.domain.fault.FaultCode;
import io.isthmus.domain.fault.FederationFault;
import io.isthmus.domain.image.SimulatedGlance.Weather;
import io.isthmus.domain.image.SimulatedGlance.Where;
import java.sql.Connection;
import java.time.Duration;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Copies in simulated clouds, seen from the outside. */
class CopiesTest {

  private static final CloudId GRA = new CloudId("gra");
  private static final Account ACCOUNT = new Account(GRA, "os-acme/demo");
  private static final Where THERE = new Where("gra", "os-acme/demo", "R1");

  private final CopyStore.Need shop = new CopyStore.Need(UUID.randomUUID(), "image-debian", 1);
  private final CopyStore.Need blog = new CopyStore.Need(UUID.randomUUID(), "image-debian", 1);
  private Bench bench;
  private ProjectImage image;

  @BeforeEach
  void open() {
    bench = new Bench();
    image = bench.kept(Bench.raw(DEMO, "debian", 20_000), ALICE, 1);
  }

  @AfterEach
  void close() {
    bench.close();
  }

  private ImageCopy want(CopyStore.Need need) {
    return bench
        .copies
        .want(image.id(), DEMO, ACCOUNT, "R1", need, bench.clock.instant())
        .orElseThrow();
  }

  private ImageCopy copy() {
    return bench.copies.of(DEMO).get(0);
  }

  private void release(CopyStore.Need need) {
    bench.copies.release(GRA, "R1", need, bench.clock.instant());
  }

  @Test
  void isMadeVerifiedAndUsedByTheNextStack() {
    bench.glance.savingLooks = 3;
    want(shop);
    bench.step();
    // Nobody stands by while the cloud works on it.
    assertThat(copy().state()).isEqualTo(ImageCopy.State.VERIFYING);
    assertThat(bench.take()).isEmpty();
    bench.clock.pass(Duration.ofSeconds(2));
    bench.step();
    bench.settle();

    ImageCopy made = copy();
    assertThat(made.state()).isEqualTo(ImageCopy.State.ACTIVE);
    assertThat(made.made()).isTrue();
    assertThat(made.way()).contains(ImageDriver.Way.UPLOAD);
    assertThat(made.sent()).isEqualTo(20_000);
    assertThat(bench.glance.at(THERE)).containsOnlyKeys(made.glanceId().orElseThrow());

    bench.clock.pass(Duration.ofDays(1));
    want(blog);
    bench.step();
    assertThat(copy().glanceId()).isEqualTo(made.glanceId());
    assertThat(copy().state()).isEqualTo(ImageCopy.State.ACTIVE);
    assertThat(bench.glance.sentTo).hasSize(1);
  }

  @Test
  void whatIsThereAlreadyIsRecognisedAndNeverDeleted() {
    String foreign = bench.glance.foreign(THERE, image.digests());
    want(shop);
    bench.step();

    assertThat(copy().glanceId()).contains(foreign);
    assertThat(copy().made()).isFalse();
    assertThat(bench.glance.sentTo).isEmpty();

    release(shop);
    assertThat(bench.copies.remove(copy().id(), bench.clock.instant())).isTrue();
    bench.settle();
    assertThat(bench.copies.of(DEMO)).isEmpty();
    assertThat(bench.glance.at(THERE)).containsOnlyKeys(foreign);
  }

  @Test
  void whatOnlySharesAnMd5IsNotRecognised() {
    bench.glance.foreign(
        THERE, new ImageDigests(image.digests().md5(), Optional.empty(), image.digests().sha512()));
    bench
        .glance
        .at(THERE)
        .values()
        .forEach(
            one ->
                one.digests =
                    new ImageDigests(image.digests().md5(), Optional.empty(), Optional.empty()));
    want(shop);
    bench.step();

    assertThat(copy().made()).isTrue();
  }

  /** Read as qcow2, a raw disk is another; nothing but the format tells. */
  @Test
  void theSameBytesUnderAnotherFormatAreNotRecognised() {
    String foreign = bench.glance.foreign(THERE, image.digests(), "qcow2");
    want(shop);
    bench.step();

    assertThat(copy().made()).isTrue();
    assertThat(copy().glanceId()).isPresent().isNotEqualTo(Optional.of(foreign));
  }

  @ParameterizedTest
  @CsvSource({
    "hw_firmware_type,uefi,0",
    "hw_disk_bus,scsi,0",
    "os_distro,ubuntu,0",
    "os_distro,debian,8"
  })
  void theSameBytesThatAreMeantOtherwiseAreNotRecognised(String key, String value, long minDisk) {
    ImageSpec other = new ImageSpec("other", "raw", "bare", minDisk, 0, Map.of(key, value));
    String theirs =
        bench.glance.register(SimulatedGlance.connection(DEMO, GRA), "R1", other, "another");
    bench.glance.at(THERE).get(theirs).phase = CloudImage.Phase.ACTIVE;
    bench.glance.at(THERE).get(theirs).digests = image.digests();
    want(shop);
    bench.step();

    assertThat(copy().made()).isTrue();
    assertThat(bench.glance.at(THERE)).hasSize(2);
  }

  @Test
  void hardwareThatItDoesNotAskForIsNotRecognised() {
    Map<String, String> more = Map.of("os_distro", "debian", "hw_firmware_type", "uefi");
    String theirs =
        bench.glance.register(
            SimulatedGlance.connection(DEMO, GRA),
            "R1",
            new ImageSpec("other", "raw", "bare", 0, 0, more),
            "another");
    bench.glance.at(THERE).get(theirs).phase = CloudImage.Phase.ACTIVE;
    bench.glance.at(THERE).get(theirs).digests = image.digests();
    want(shop);
    bench.step();

    assertThat(copy().made()).isTrue();
  }

  @Test
  void whatIsSentInVainIsNotSentForEver() {
    want(shop);
    bench.glance.neverActive = true;
    bench.settle();

    assertThat(bench.glance.sentTo).hasSize(5);
    assertThat(copy().state()).isEqualTo(ImageCopy.State.FAILED);
    assertThat(copy().code()).contains(FaultCode.CLOUD_TIMEOUT);
    assertThat(bench.glance.at(THERE)).isEmpty();
  }

  @Test
  void ownContentThatCannotBeReadIsSaidAndNotTriedAgain() {
    want(shop);
    bench.files.delete(image.id());
    bench.step();

    assertThat(copy().state()).isEqualTo(ImageCopy.State.FAILED);
    assertThat(copy().trouble().orElseThrow().in(Locale.ENGLISH)).contains("cannot be read");
    bench.settle();
    assertThat(bench.glance.at(THERE)).isEmpty();
  }

  @Test
  void isImportedWhereNobodyMayUpload() {
    bench.glance.noUpload = true;
    want(shop);
    bench.step();

    assertThat(copy().state()).isEqualTo(ImageCopy.State.ACTIVE);
    assertThat(copy().way()).contains(ImageDriver.Way.GLANCE_DIRECT);
  }

  @Test
  void oneCloudDoesNotTakeAllTurns() {
    for (String region : List.of("R1", "R2", "R3", "R4")) {
      bench.copies.want(image.id(), DEMO, ACCOUNT, region, shop, bench.clock.instant());
    }
    Account elsewhere = new Account(new CloudId("bhs"), "os-acme/demo");
    bench.clock.pass(Duration.ofSeconds(1));
    bench.copies.want(image.id(), DEMO, elsewhere, "R1", shop, bench.clock.instant());

    assertThat(bench.take())
        .extracting(job -> job.copy().account().cloud().text())
        .containsExactlyInAnyOrder("gra", "gra", "bhs");
    assertThat(bench.take()).isEmpty();
  }

  @Test
  void anImageThatIsDeletedNeedsNoRoomThoughACloudKeepsItsCopy() {
    want(shop);
    bench.step();
    release(shop);
    bench.images.remove(DEMO, image.id(), ALICE);
    assertThat(bench.store.leaving()).containsExactly(image.id());
    assertThat(bench.store.kept(DEMO)).isEqualTo(new ImageStore.Kept(0, 0));
  }

  @Test
  void whatArrivesDamagedIsDeletedThereAndSaid() {
    want(shop);
    // marked, find, register, look, marked, ways, upload
    bench.glance.weather.addAll(
        List.of(
            Weather.FINE,
            Weather.FINE,
            Weather.FINE,
            Weather.FINE,
            Weather.FINE,
            Weather.FINE,
            Weather.DAMAGE));
    bench.step();

    assertThat(copy().state()).isEqualTo(ImageCopy.State.FAILED);
    assertThat(copy().code()).contains(FaultCode.CLOUD_REJECTED);
    assertThat(copy().trouble().orElseThrow().in(Locale.ENGLISH))
        .contains("not what was sent", image.digests().sha512().orElseThrow());
    assertThat(bench.glance.at(THERE)).isEmpty();

    want(blog);
    bench.step();
    assertThat(copy().state()).isEqualTo(ImageCopy.State.ACTIVE);
    assertThat(copy().trouble()).isEmpty();
  }

  @Test
  void aCloudWithoutRoomSaysSoAndNothingIsLeftThere() {
    bench.glance.full = "gra"::equals;
    want(shop);
    bench.step();

    assertThat(copy().state()).isEqualTo(ImageCopy.State.FAILED);
    assertThat(copy().code()).contains(FaultCode.CLOUD_FULL);
    bench.settle();
    assertThat(bench.glance.at(THERE)).isEmpty();
  }

  @Test
  void nothingGoesToAnAccountThatNobodyAskedFor() {
    want(shop);
    bench.glance.accounts.put("gra acme/demo", "os-of-somebody-else");
    bench.settle();

    assertThat(copy().state()).isEqualTo(ImageCopy.State.FAILED);
    assertThat(copy().trouble().orElseThrow().in(Locale.ENGLISH))
        .contains("os-of-somebody-else", "Nothing was sent");
    assertThat(bench.glance.sentTo).isEmpty();
    assertThat(bench.glance.images.values()).allSatisfy(there -> assertThat(there).isEmpty());
  }

  @Test
  void goesOnAfterACrashAtEachStepAndLeavesOne() {
    for (int calls = 0; calls < 12; calls++) {
      for (Weather death :
          List.of(Weather.CRASH_BEFORE, Weather.CRASH_AFTER, Weather.LOST_ANSWER)) {
        want(shop);
        for (int i = 0; i < calls; i++) {
          bench.glance.weather.add(Weather.FINE);
        }
        bench.glance.weather.add(death);
        bench.stepOrDie();
        bench.glance.weather.clear();
        bench.settle();

        assertThat(copy().state())
            .as("%s at call %s", death, calls)
            .isEqualTo(ImageCopy.State.ACTIVE);
        assertThat(bench.glance.at(THERE)).containsOnlyKeys(copy().glanceId().orElseThrow());
        release(shop);
        bench.copies.remove(copy().id(), bench.clock.instant());
        bench.settle();
        assertThat(bench.copies.of(DEMO)).isEmpty();
        assertThat(bench.glance.at(THERE)).isEmpty();
      }
    }
  }

  @Test
  void goesWhenUnusedByItsOwnersChoice() {
    want(shop);
    want(blog);
    bench.step();
    release(shop);
    bench.settle();
    assertThat(copy().state()).isEqualTo(ImageCopy.State.ACTIVE);
    bench.images.change(
        DEMO,
        image.id(),
        new ImageChange(
            Optional.empty(),
            Optional.empty(),
            Optional.of(true),
            Optional.empty(),
            Optional.empty(),
            Optional.empty()),
        ALICE);

    assertThat(bench.copies.remove(copy().id(), bench.clock.instant())).isFalse();
    release(blog);
    release(blog);
    assertThat(copy().state()).isEqualTo(ImageCopy.State.REMOVING);
    assertThat(want(shop).state()).isEqualTo(ImageCopy.State.REMOVING);
    bench.step();
    assertThat(bench.glance.at(THERE)).isEmpty();
    assertThat(want(shop).state()).isEqualTo(ImageCopy.State.WANTED);
    bench.settle();
    assertThat(copy().state()).isEqualTo(ImageCopy.State.ACTIVE);
    assertThat(bench.glance.at(THERE)).hasSize(1);
  }

  @Test
  void whatNobodyNeedsAnyMoreIsNotFinished() {
    want(shop);
    release(shop);
    bench.settle();

    assertThat(bench.copies.of(DEMO)).isEmpty();
    assertThat(bench.glance.sentTo).isEmpty();
  }

  @Test
  void twoImagesOfOneContentShareWhatTheFirstMade() {
    ProjectImage twin = bench.kept(Bench.raw(DEMO, "twin", 20_000), ALICE, 1);
    want(shop);
    bench.step();
    String made = copy().glanceId().orElseThrow();
    bench.copies.want(twin.id(), DEMO, ACCOUNT, "R1", blog, bench.clock.instant());
    bench.step();
    assertThat(bench.copies.of(DEMO))
        .extracting(ImageCopy::glanceId)
        .containsOnly(Optional.of(made));

    release(shop);
    bench.images.remove(DEMO, image.id(), ALICE);
    bench.settle();
    assertThat(bench.glance.at(THERE)).containsOnlyKeys(made);
    assertThat(copy().made()).isTrue();
    release(blog);
    bench.images.remove(DEMO, twin.id(), ALICE);
    bench.settle();
    assertThat(bench.glance.at(THERE)).isEmpty();
    assertThat(bench.store.list(DEMO)).isEmpty();
  }

  @Test
  void whatIsWantedWhileItIsSweptIsLookedForAgain() {
    want(shop);
    bench.step();
    bench.clock.pass(CopyQueue.SWEEP.plusSeconds(1));
    List<CopyQueue.Job> sweep = bench.take();
    assertThat(sweep).hasSize(1);
    want(blog);
    sweep.forEach(bench.work::run);
    bench.settle();
    assertThat(copy().state()).isEqualTo(ImageCopy.State.ACTIVE);
  }

  @Test
  void whatIsRemovedWhileItIsRecognisedIsMadeAnew() {
    ProjectImage twin = bench.kept(Bench.raw(DEMO, "twin", 20_000), ALICE, 1);
    want(shop);
    bench.step();
    release(shop);
    UUID first = copy().id();
    bench.glance.afterFind =
        () -> {
          bench.copies.remove(first, bench.clock.instant());
          bench.step();
        };
    bench.copies.want(twin.id(), DEMO, ACCOUNT, "R1", blog, bench.clock.instant());
    bench.step();
    bench.settle();

    assertThat(bench.glance.deleted).hasSize(1);
    assertThat(copy().state()).isEqualTo(ImageCopy.State.ACTIVE);
    assertThat(bench.glance.at(THERE)).containsOnlyKeys(copy().glanceId().orElseThrow());
  }

  /** The paused one knows nothing of the heir. */
  @Test
  void whoWasPausedDoesNotRemoveWhatWasHandedOverMeanwhile() {
    ProjectImage twin = bench.kept(Bench.raw(DEMO, "twin", 20_000), ALICE, 1);
    want(shop);
    bench.step();
    bench.copies.want(twin.id(), DEMO, ACCOUNT, "R1", blog, bench.clock.instant());
    bench.step();
    release(shop);
    bench.images.remove(DEMO, image.id(), ALICE);
    List<CopyQueue.Job> paused = bench.take();
    assertThat(paused).hasSize(1);
    bench.clock.pass(Bench.LEASE.plusSeconds(1));
    bench.step();
    assertThat(copy().made()).isTrue();
    paused.forEach(bench.work::run);

    assertThat(bench.glance.deleted).isEmpty();
    assertThat(bench.glance.at(THERE)).containsOnlyKeys(copy().glanceId().orElseThrow());
  }

  @Test
  void anImageThatBecomesWantedIsNotDeletedAtThatMoment() throws Exception {
    try (Connection other = bench.database.dataSource().getConnection()) {
      other.setAutoCommit(false);
      new CopyStore(Bench.kept(other))
          .want(image.id(), DEMO, ACCOUNT, "R1", shop, bench.clock.instant());
      CompletableFuture<Void> removal =
          CompletableFuture.runAsync(() -> bench.images.remove(DEMO, image.id(), ALICE));
      assertThatThrownBy(() -> removal.get(500, TimeUnit.MILLISECONDS))
          .isInstanceOf(TimeoutException.class);
      other.commit();
      assertThatThrownBy(() -> removal.get(10, TimeUnit.SECONDS))
          .hasCauseInstanceOf(FederationFault.class);
    }
    assertThat(bench.store.find(image.id()).orElseThrow().state())
        .isEqualTo(ProjectImage.State.READY);
  }

  @Test
  void waitsForACloudThatIsAway() {
    bench.unreachable.add(GRA);
    want(shop);
    bench.step();
    assertThat(copy().state()).isEqualTo(ImageCopy.State.WANTED);
    assertThat(copy().code()).contains(FaultCode.CLOUD_UNAVAILABLE);
    bench.unreachable.clear();
    bench.settle();
    assertThat(copy().state()).isEqualTo(ImageCopy.State.ACTIVE);
  }

  @Test
  void oneThatWasDeletedInItsCloudIsMadeAnewForTheNext() {
    want(shop);
    bench.step();
    bench.glance.at(THERE).clear();
    bench.clock.pass(Duration.ofHours(1));
    want(blog);
    bench.settle();

    assertThat(copy().state()).isEqualTo(ImageCopy.State.ACTIVE);
    assertThat(bench.glance.at(THERE)).containsOnlyKeys(copy().glanceId().orElseThrow());
  }
}
