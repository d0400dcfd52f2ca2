package io.isthmus.domain.image;

import static io.isthmus.domain.image.Bench.ALICE;
import static io.isthmus.domain.image.Bench.BOB;
import static io.isthmus.domain.image.Bench.DEMO;
import static io.isthmus.domain.image.Bench.OTHER;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import io.isthmus.domain.access.Caller;
import io.isthmus.domain.cloud.Account;
import io.isthmus.domain.cloud.CloudId;
import io.isthmus.domain.fault.FaultCode;
import io.isthmus.domain.fault.FederationFault;
import io.isthmus.domain.fault.Violation;
import io.isthmus.domain.language.Phrase;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.security.MessageDigest;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.Arrays;
import java.util.Deque;
import java.util.HexFormat;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.atomic.AtomicReference;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ImagesTest {

  private static final byte[] CONTENT = Bench.content(300_000, 7);

  private Bench bench;
  private Images images;

  @BeforeEach
  void open() {
    bench = new Bench();
    images = bench.images;
  }

  @AfterEach
  void close() {
    bench.close();
  }

  private static FederationFault fault(ThrowingCallable call) {
    return catchThrowableOfType(FederationFault.class, call);
  }

  private static InputStream bytes(int from, int to) {
    return new ByteArrayInputStream(Arrays.copyOfRange(CONTENT, from, to));
  }

  private static String digest(String algorithm, byte[] content) throws Exception {
    return HexFormat.of().formatHex(MessageDigest.getInstance(algorithm).digest(content));
  }

  private ProjectImage added(String name) {
    return images.add(Bench.raw(DEMO, name, CONTENT.length), ALICE);
  }

  @Test
  void comesInPiecesAndIsWholeWithItsDigests() throws Exception {
    ProjectImage image = added("debian");

    assertThat(images.append(DEMO, image.id(), 0, bytes(0, 100), ALICE).offset()).isEqualTo(100);
    assertThat(images.find(DEMO, image.id(), ALICE).received()).isEqualTo(100);
    assertThat(images.of(DEMO)).isEmpty();
    assertThat(images.unfinished(DEMO)).containsExactly("debian");
    images.append(DEMO, image.id(), 100, bytes(100, 200_000), ALICE);
    assertThat(images.append(DEMO, image.id(), 200_000, bytes(200_000, 300_000), ALICE))
        .isEqualTo(new Images.Progress(300_000, 300_000));

    ProjectImage whole = images.find(DEMO, image.id(), ALICE).image();
    assertThat(whole.state()).isEqualTo(ProjectImage.State.READY);
    assertThat(whole.digests())
        .isEqualTo(
            new ImageDigests(
                Optional.of(digest("MD5", CONTENT)),
                Optional.of(digest("SHA-256", CONTENT)),
                Optional.of(digest("SHA-512", CONTENT))));
    assertThat(images.of(DEMO).get("debian").sha512()).isEqualTo(digest("SHA-512", CONTENT));
    assertThat(bench.files.content(image.id(), 300_000).open().readAllBytes()).isEqualTo(CONTENT);
  }

  @Test
  void whatArrivedBeforeTheConnectionBrokeCountsOnAnotherServerToo() throws Exception {
    ProjectImage image = added("debian");
    InputStream breaking =
        new InputStream() {
          private int at;

          @Override
          public int read() throws IOException {
            if (at == 150_000) {
              throw new IOException("broken pipe");
            }
            return CONTENT[at++] & 0xff;
          }

          @Override
          public int read(byte[] into, int from, int most) throws IOException {
            if (at == 150_000) {
              throw new IOException("broken pipe");
            }
            int count = Math.min(most, Math.min(1000, 150_000 - at));
            System.arraycopy(CONTENT, at, into, from, count);
            at += count;
            return count;
          }
        };

    images.append(DEMO, image.id(), 0, breaking, ALICE);

    assertThat(images.progress(DEMO, image.id(), ALICE).offset()).isEqualTo(150_000);
    // Another server knows no digest of the beginning.
    new Uploads(bench.store, bench.files, bench.clock)
        .append(image, 150_000, bytes(150_000, 300_000));
    assertThat(bench.store.find(image.id()).orElseThrow().digests().sha256())
        .contains(digest("SHA-256", CONTENT));
  }

  @Test
  void aPieceElsewhereThanWhereItEndsIsRefused() {
    ProjectImage image = added("debian");
    images.append(DEMO, image.id(), 0, bytes(0, 1000), ALICE);

    FederationFault early = fault(() -> images.append(DEMO, image.id(), 0, bytes(0, 10), ALICE));
    FederationFault late = fault(() -> images.append(DEMO, image.id(), 2000, bytes(0, 9), ALICE));

    assertThat(early.code()).isEqualTo(FaultCode.CONFLICT);
    assertThat(late.code()).isEqualTo(FaultCode.CONFLICT);
    assertThat(late.details().getInt("offset")).isEqualTo(1000);
    assertThat(images.progress(DEMO, image.id(), ALICE).offset()).isEqualTo(1000);
  }

  @Test
  void oneWritesAtATime() {
    ProjectImage image = added("debian");
    InputStream meanwhile =
        new InputStream() {
          private boolean asked;

          @Override
          public int read() {
            return -1;
          }

          @Override
          public int read(byte[] into, int from, int most) {
            if (!asked) {
              asked = true;
              assertThat(fault(() -> images.append(DEMO, image.id(), 0, bytes(0, 9), ALICE)).code())
                  .isEqualTo(FaultCode.REQUEST_IN_PROGRESS);
              // It takes too long: another writes, and this one must not any more.
              bench.clock.pass(Duration.ofMinutes(1));
              images.append(DEMO, image.id(), 0, bytes(0, 500), ALICE);
              into[from] = 99;
              return 1;
            }
            return -1;
          }
        };

    assertThat(fault(() -> images.append(DEMO, image.id(), 0, meanwhile, ALICE)).code())
        .isEqualTo(FaultCode.REQUEST_IN_PROGRESS);
    assertThat(images.progress(DEMO, image.id(), ALICE).offset()).isEqualTo(500);
  }

  /** Sends one byte with each read, after something else was done. */
  private static InputStream trickle(Runnable before) {
    return new InputStream() {
      @Override
      public int read() {
        before.run();
        return 1;
      }

      @Override
      public int read(byte[] into, int from, int most) {
        into[from] = (byte) read();
        return 1;
      }
    };
  }

  @Test
  void aPieceThatComesTooSlowlyEndsAndWhatCameCounts() {
    ImageId image = added("debian").id();

    long here =
        images
            .append(DEMO, image, 0, trickle(() -> bench.clock.pass(Duration.ofSeconds(10))), ALICE)
            .offset();

    assertThat(here).isEqualTo(3);
    assertThat(images.append(DEMO, image, 3, bytes(3, 300_000), ALICE).offset()).isEqualTo(300_000);
  }

  @Test
  void onePersonSendsTwoPiecesAtOnce() {
    ImageId first = added("first").id();
    ImageId second = added("second").id();
    ImageId third = added("third").id();
    AtomicReference<FederationFault> refused = new AtomicReference<>();
    InputStream within =
        meanwhile(
            () -> refused.set(fault(() -> images.append(DEMO, third, 0, bytes(0, 9), ALICE))));

    images.append(
        DEMO, first, 0, meanwhile(() -> images.append(DEMO, second, 0, within, ALICE)), ALICE);

    assertThat(refused.get().code()).isEqualTo(FaultCode.TOO_MANY);
    assertThat(refused.get().details().getInt(FederationFault.RETRY_AFTER)).isPositive();
    assertThat(images.append(DEMO, third, 0, bytes(0, 9), ALICE).offset()).isEqualTo(9);
  }

  /** Ends at once, after something was done. */
  private static InputStream meanwhile(Runnable something) {
    return new InputStream() {
      @Override
      public int read() {
        something.run();
        return -1;
      }
    };
  }

  @Test
  void aServerTakesFourPiecesAtOnce() {
    UploadTurns turns = new UploadTurns();
    for (int i = 0; i < UploadTurns.MOST; i++) {
      turns.begin(caller(i));
    }

    FederationFault full = fault(() -> turns.begin(caller(9)));
    turns.end(caller(0));
    turns.begin(caller(9));

    assertThat(full.code()).isEqualTo(FaultCode.TOO_MANY);
    assertThat(full.phrase().in(Locale.ENGLISH)).contains("4 pieces");
    assertThat(fault(() -> turns.begin(caller(0)))).isNotNull();
  }

  private static Caller caller(int number) {
    return new Caller("c-" + number, "caller" + number, Set.of(), Set.of());
  }

  /** What is written still takes room. */
  @Test
  void whatIsDeletedCountsUntilItsWriterStopped() {
    ImageId image = added("debian").id();
    InputStream sending =
        trickle(
            () -> {
              if (bench.store.find(image).orElseThrow().state() == ProjectImage.State.UPLOADING) {
                images.remove(DEMO, image, ALICE);
              }
              bench.clock.pass(Duration.ofSeconds(5));
              assertThat(bench.store.forgetLeft(bench.clock.instant())).isEmpty();
              assertThat(bench.store.kept(DEMO).bytes()).isEqualTo(CONTENT.length);
            });

    FederationFault ended = fault(() -> images.append(DEMO, image, 0, sending, ALICE));

    assertThat(ended.code()).isEqualTo(FaultCode.REQUEST_IN_PROGRESS);
    assertThat(bench.store.forgetLeft(bench.clock.instant())).containsExactly(image);
  }

  @Test
  void moreThanTheDiskHasIsNotTaken() {
    try (Bench vast = new Bench(1L << 32, 1L << 32)) {
      NewImage image = Bench.raw(DEMO, "vast", 1L << 61);

      FederationFault full = fault(() -> vast.images.add(image, ALICE));

      assertThat(full.code()).isEqualTo(FaultCode.QUOTA_EXCEEDED);
      assertThat(full.phrase().in(Locale.ENGLISH)).contains("larger disk");
      assertThat(vast.images.list(DEMO, ALICE)).isEmpty();
    }
  }

  @Test
  void contentThatIsNotWhatWasExpectedIsRefusedWithBothDigests() throws Exception {
    NewImage plain = Bench.raw(DEMO, "debian", CONTENT.length);
    String expected = "0".repeat(64);
    ProjectImage image =
        images.add(
            new NewImage(
                DEMO,
                "debian",
                "",
                "raw",
                0,
                0,
                Map.of(),
                plain.size(),
                Optional.of(expected),
                Optional.empty(),
                false,
                Optional.empty()),
            ALICE);

    FederationFault fault =
        fault(() -> images.append(DEMO, image.id(), 0, bytes(0, 300_000), ALICE));

    assertThat(fault.code()).isEqualTo(FaultCode.REQUEST_INVALID);
    assertThat(fault.phrase().in(Locale.ENGLISH)).contains(expected, digest("SHA-256", CONTENT));
    ProjectImage refused = images.find(DEMO, image.id(), ALICE).image();
    assertThat(refused.state()).isEqualTo(ProjectImage.State.REFUSED);
    assertThat(refused.trouble()).contains(fault.phrase());
    assertThat(bench.directory).isEmptyDirectory();
    assertThat(fault(() -> images.append(DEMO, image.id(), 0, bytes(0, 9), ALICE)).code())
        .isEqualTo(FaultCode.CONFLICT);
    assertThat(fault(() -> images.progress(DEMO, image.id(), ALICE)).phrase())
        .isEqualTo(Phrase.of("image.was-refused", "debian", refused.trouble().orElseThrow()));
    assertThat(images.of(DEMO)).isEmpty();
  }

  @Test
  void aForeignFormatIsRefusedWithTheFirstBytes() {
    byte[] qcow2 = new byte[300_000];
    qcow2[0] = 'Q';
    qcow2[1] = 'F';
    qcow2[2] = 'I';
    qcow2[3] = (byte) 0xfb;
    ProjectImage image = added("debian");

    FederationFault fault =
        fault(
            () ->
                images.append(
                    DEMO,
                    image.id(),
                    0,
                    new ByteArrayInputStream(qcow2, 0, ContentCheck.HEAD),
                    ALICE));

    assertThat(fault.phrase().in(Locale.ENGLISH)).isEqualTo("The content is qcow2, not raw.");
    assertThat(bench.directory).isEmptyDirectory();
  }

  /** A piece that is too long counts as far as it was written, and nobody looked at it. */
  @Test
  void aPieceThatFailedHidesNoForeignFormat() {
    byte[] qcow2 = new byte[2 << 20];
    qcow2[0] = 'Q';
    qcow2[1] = 'F';
    qcow2[2] = 'I';
    qcow2[3] = (byte) 0xfb;
    ImageId image = images.add(Bench.raw(DEMO, "debian", 1 << 20), ALICE).id();

    fault(() -> images.append(DEMO, image, 0, new ByteArrayInputStream(qcow2), ALICE));
    int here = (int) images.progress(DEMO, image, ALICE).offset();
    assertThat(here).isGreaterThanOrEqualTo(ContentCheck.HEAD);
    InputStream rest = new ByteArrayInputStream(qcow2, here, (1 << 20) - here);

    assertThat(
            fault(() -> images.append(DEMO, image, here, rest, ALICE)).phrase().in(Locale.ENGLISH))
        .isEqualTo("The content is qcow2, not raw.");
    assertThat(images.of(DEMO)).isEmpty();
    assertThat(bench.directory).isEmptyDirectory();
  }

  @Test
  void moreThanWasToldIsNotTaken() {
    ProjectImage image = images.add(Bench.raw(DEMO, "small", 10), ALICE);

    assertThat(fault(() -> images.append(DEMO, image.id(), 0, bytes(0, 11), ALICE)).code())
        .isEqualTo(FaultCode.REQUEST_INVALID);
    assertThat(images.progress(DEMO, image.id(), ALICE).offset()).isZero();
  }

  @Test
  void anUploadWhoseServerDiedAtTheEndIsEndedAndAnAbandonedOneForgotten() {
    ProjectImage image = added("debian");
    ProjectImage left = added("left");
    images.append(DEMO, left.id(), 0, bytes(0, 9), ALICE);
    images.append(DEMO, image.id(), 0, bytes(0, 299_999), ALICE);
    try (var channel = bench.files.writeOn(image.id(), 299_999)) {
      channel.write(java.nio.ByteBuffer.wrap(CONTENT, 299_999, 1));
    } catch (IOException e) {
      throw new AssertionError(e);
    }

    bench.uploads.tidy();

    assertThat(bench.store.find(image.id()).orElseThrow().state())
        .isEqualTo(ProjectImage.State.READY);
    assertThat(bench.store.find(left.id())).isPresent();
    bench.clock.pass(Duration.ofHours(25));
    bench.uploads.tidy();
    assertThat(bench.store.find(left.id())).isEmpty();
    assertThat(bench.directory.resolve(left.id() + ".part")).doesNotExist();
    assertThat(bench.directory.resolve(image.id() + ".image")).exists();
  }

  /** One whose file cannot be read keeps no other from being ended, nor the timer. */
  @Test
  void tidyingIsNoWorkOfTheTimersAndGoesOnAfterATrouble() throws Exception {
    ImageId unreadable = images.add(Bench.raw(DEMO, "unreadable", sizeOfDirectory()), ALICE).id();
    Files.createDirectory(bench.directory.resolve(unreadable + ".part"));
    ImageId image = added("debian").id();
    Files.write(bench.directory.resolve(image + ".part"), CONTENT);
    Deque<Runnable> begun = new ArrayDeque<>();
    ImageCopier copier = bench.copier(begun::add);

    copier.wake();
    bench.clock.pass(Duration.ofMinutes(2));
    copier.wake();

    assertThat(begun).hasSize(1);
    assertThat(bench.store.find(image).orElseThrow().state())
        .isEqualTo(ProjectImage.State.UPLOADING);
    begun.remove().run();
    assertThat(bench.store.find(image).orElseThrow().state()).isEqualTo(ProjectImage.State.READY);
    assertThat(bench.store.find(unreadable).orElseThrow().state())
        .isEqualTo(ProjectImage.State.UPLOADING);
    copier.wake();
    assertThat(begun).hasSize(1);
  }

  private long sizeOfDirectory() throws IOException {
    return Files.size(Files.createDirectory(bench.directory.resolve("empty")));
  }

  @Test
  void aFileOfNoImageIsRemovedAfterADayAndAStrangersStays() throws Exception {
    var stray = Files.createFile(bench.directory.resolve(UUID.randomUUID() + ".part"));
    var notes = Files.createFile(bench.directory.resolve("notes.txt"));
    Files.setLastModifiedTime(
        stray,
        java.nio.file.attribute.FileTime.from(bench.clock.instant().minus(Duration.ofDays(2))));
    Files.setLastModifiedTime(
        notes,
        java.nio.file.attribute.FileTime.from(bench.clock.instant().minus(Duration.ofDays(2))));

    bench.uploads.tidy();

    assertThat(stray).doesNotExist();
    assertThat(notes).exists();
  }

  @Test
  void anotherTenantsLookMissing() {
    ProjectImage image = added("debian");
    UUID copy = UUID.randomUUID();
    ImageChange change =
        new ImageChange(
            Optional.empty(),
            Optional.of("mine"),
            Optional.empty(),
            Optional.empty(),
            Optional.empty(),
            Optional.empty());

    // Neither by the owner's project, nor by one's own.
    for (var project : new io.isthmus.domain.access.ProjectId[] {DEMO, OTHER}) {
      ImageId id = image.id();
      assertThat(fault(() -> images.find(project, id, BOB)).code()).isEqualTo(FaultCode.NOT_FOUND);
      assertThat(fault(() -> images.progress(project, id, BOB)).code())
          .isEqualTo(FaultCode.NOT_FOUND);
      assertThat(fault(() -> images.append(project, id, 0, bytes(0, 9), BOB)).code())
          .isEqualTo(FaultCode.NOT_FOUND);
      assertThat(fault(() -> images.change(project, id, change, BOB)).code())
          .isEqualTo(FaultCode.NOT_FOUND);
      assertThat(fault(() -> images.remove(project, id, BOB)).code())
          .isEqualTo(FaultCode.NOT_FOUND);
      assertThat(fault(() -> images.removeCopy(project, id, copy.toString(), BOB)).code())
          .isEqualTo(FaultCode.NOT_FOUND);
    }
    assertThat(fault(() -> images.list(DEMO, BOB)).code()).isEqualTo(FaultCode.NOT_FOUND);
    assertThat(images.list(OTHER, BOB)).isEmpty();
    assertThat(fault(() -> images.add(Bench.raw(DEMO, "x", 9), BOB)).code())
        .isEqualTo(FaultCode.NOT_FOUND);
    assertThat(images.find(DEMO, image.id(), ALICE).image().description()).isEmpty();
    assertThat(images.add(Bench.raw(OTHER, "debian", 9), BOB).name()).isEqualTo("debian");
  }

  @Test
  void anotherProjectsImageIsNeverCopied() {
    ProjectImage image = bench.kept(Bench.raw(DEMO, "debian", 1000), ALICE, 1);

    Optional<ImageCopy> copy =
        bench.copies.want(
            image.id(),
            OTHER,
            new Account(new CloudId("gra"), "os-x"),
            "R1",
            new CopyStore.Need(UUID.randomUUID(), "image-debian", 1),
            bench.clock.instant());

    assertThat(copy).isEmpty();
    assertThat(images.find(DEMO, image.id(), ALICE).copies()).isEmpty();
  }

  @Test
  void aNameIsTakenOnceAndRoomIsBounded() {
    added("debian");

    assertThat(fault(() -> added("debian")).code()).isEqualTo(FaultCode.NAME_TAKEN);
    assertThat(fault(() -> images.add(Bench.raw(DEMO, "big", (1L << 30) + 1), ALICE)).code())
        .isEqualTo(FaultCode.TOO_LARGE);
    images.add(Bench.raw(DEMO, "a", 1L << 30), ALICE);
    FederationFault fault = fault(() -> images.add(Bench.raw(DEMO, "b", 1L << 30), ALICE));
    assertThat(fault.code()).isEqualTo(FaultCode.QUOTA_EXCEEDED);
    assertThat(images.add(Bench.raw(OTHER, "b", 1L << 30), BOB).size()).isEqualTo(1L << 30);
  }

  @ParameterizedTest
  @ValueSource(strings = {"owner_specified.x", "HW_X", "hw_", "os_hidden", "isthmus_copy", ""})
  void propertiesThatACloudMayActOnOtherwiseAreRefused(String key) {
    NewImage image =
        new NewImage(
            DEMO,
            "x",
            "",
            "raw",
            0,
            0,
            Map.of(key, "1"),
            9,
            Optional.empty(),
            Optional.empty(),
            false,
            Optional.empty());

    assertThat(fault(() -> images.add(image, ALICE)).violations())
        .extracting(Violation::pointer)
        .containsExactly("properties");
  }

  @Test
  void everyMistakeIsNamed() {
    NewImage image =
        new NewImage(
            DEMO,
            "../etc",
            "d".repeat(1001),
            "ami",
            -1,
            -1,
            Map.of("hw_disk_bus", "a\nb"),
            0,
            Optional.of("abc"),
            Optional.of("abc"),
            false,
            Optional.empty());

    assertThat(fault(() -> images.add(image, ALICE)).violations())
        .extracting(Violation::pointer)
        .containsExactly(
            "disk_format",
            "name",
            "size",
            "sha256",
            "sha512",
            "description",
            "min_disk",
            "min_ram",
            "properties");
  }

  @Test
  void isDeletedWithItsFileUnlessAStackUsesIt() {
    ProjectImage image = bench.kept(Bench.raw(DEMO, "debian", 1000), ALICE, 1);
    bench.uses.add(new ImageUses.Use("shop", image.id().toString()));

    FederationFault fault = fault(() -> images.remove(DEMO, image.id(), ALICE));
    assertThat(fault.code()).isEqualTo(FaultCode.CONFLICT);
    assertThat(fault.phrase().in(Locale.ENGLISH)).contains("shop");
    assertThat(images.find(DEMO, image.id(), ALICE).stacks()).containsExactly("shop");

    bench.uses.clear();
    images.remove(DEMO, image.id(), ALICE);
    assertThat(added("debian").name()).isEqualTo("debian");
    bench.settle();
    assertThat(bench.store.find(image.id())).isEmpty();
    assertThat(bench.directory.resolve(image.id() + ".image")).doesNotExist();
  }

  @Test
  void whatCloudsActOnIsFixedByTheFirstCopy() {
    ProjectImage image = bench.kept(Bench.raw(DEMO, "debian", 1000), ALICE, 1);
    ImageChange disk =
        new ImageChange(
            Optional.empty(),
            Optional.of(" for tests "),
            Optional.of(true),
            Optional.of(5L),
            Optional.empty(),
            Optional.of(Map.of("hw_disk_bus", "scsi")));
    ProjectImage changed = images.change(DEMO, image.id(), disk, ALICE);
    assertThat(bench.store.find(image.id())).contains(changed);
    assertThat(changed.minDiskGiB()).isEqualTo(5);
    assertThat(changed.description()).isEqualTo("for tests");

    bench.copies.want(
        image.id(),
        DEMO,
        new Account(new CloudId("gra"), "os-acme/demo"),
        "R1",
        new CopyStore.Need(UUID.randomUUID(), "image-debian", 1),
        bench.clock.instant());

    ImageChange more =
        new ImageChange(
            Optional.empty(),
            Optional.empty(),
            Optional.empty(),
            Optional.of(6L),
            Optional.empty(),
            Optional.empty());
    assertThat(fault(() -> images.change(DEMO, image.id(), more, ALICE)).code())
        .isEqualTo(FaultCode.CONFLICT);
    ImageChange words =
        new ImageChange(
            Optional.empty(),
            Optional.of("new"),
            Optional.of(false),
            Optional.empty(),
            Optional.empty(),
            Optional.empty());
    assertThat(images.change(DEMO, image.id(), words, ALICE).description()).isEqualTo("new");
  }
}
