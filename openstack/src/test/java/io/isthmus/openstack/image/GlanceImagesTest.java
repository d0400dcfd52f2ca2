package io.isthmus.openstack.image;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import io.isthmus.domain.fault.FaultCode;
import io.isthmus.domain.fault.FederationFault;
import io.isthmus.domain.image.CloudImage;
import io.isthmus.domain.image.CloudImage.Phase;
import io.isthmus.domain.image.ImageDigests;
import io.isthmus.domain.image.ImageDriver;
import io.isthmus.domain.image.ImageDriver.Way;
import io.isthmus.domain.image.ImageSpec;
import io.isthmus.openstack.scripted.Reply;
import io.isthmus.openstack.scripted.ScriptedCloud;
import jakarta.json.JsonObject;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.net.URI;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.LongConsumer;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class GlanceImagesTest {
  private static final String IMAGES = "/image/v2/images";
  private static final String ONE = IMAGES + "/i-1";
  private static final String SHA512 = "ab".repeat(64);
  private static final String SHA256 = "cd".repeat(32);
  private static final String MD5 = "ef".repeat(16);
  private static final LongConsumer NOBODY = bytes -> {};

  private final ScriptedCloud cloud = new ScriptedCloud();
  private final ImageDriver driver = new GlanceImages(ScriptedCloud.clouds(ScriptedCloud.config()));

  @AfterEach
  void close() {
    cloud.close();
  }

  private static Instant soon() {
    return Instant.now().plusSeconds(60);
  }

  private static String image(String id, String status, String more) {
    return "{'id': '"
        + id
        + "', 'name': 'debian', 'status': '"
        + status
        + "', 'visibility': 'private', 'owner': '"
        + ScriptedCloud.PROJECT
        + "', 'created_at': '2026-01-01T00:00:00Z'"
        + more
        + "}";
  }

  private void is(String status, String more) {
    cloud.on("GET", ONE, Reply.json(200, image("i-1", status, more)));
  }

  private void lists(String... images) {
    cloud.on("GET", IMAGES, Reply.json(200, "{'images': [" + String.join(",", images) + "]}"));
  }

  private static String hashed(String sha512, String md5) {
    return ", 'os_hash_algo': 'sha512', 'os_hash_value': '"
        + sha512
        + "', 'checksum': '"
        + md5
        + "'";
  }

  private static ImageDriver.Content content(byte[] bytes) {
    return content(bytes.length, () -> new ByteArrayInputStream(bytes));
  }

  private interface Opening {
    InputStream open() throws IOException;
  }

  private static ImageDriver.Content content(long size, Opening opening) {
    return new ImageDriver.Content() {
      @Override
      public long size() {
        return size;
      }

      @Override
      public InputStream open() throws IOException {
        return opening.open();
      }
    };
  }

  private void upload(Way way, ImageDriver.Content content) {
    driver.upload(cloud.connection(), ScriptedCloud.REGION, "i-1", way, content, NOBODY, soon());
  }

  private FederationFault faultOfUpload() {
    return catchThrowableOfType(
        FederationFault.class, () -> upload(Way.UPLOAD, content(new byte[1000])));
  }

  // ---- ways

  @Test
  void theWaysAreThoseThatGlanceTells() {
    cloud.on(
        "GET",
        "/image/v2/info/import",
        Reply.json(
            200, "{'import-methods': {'value': ['glance-direct', 'web-download', 'copy-image']}}"));
    assertThat(driver.ways(cloud.connection(), ScriptedCloud.REGION))
        .containsExactlyInAnyOrder(Way.values());
  }

  @Test
  void anOldGlanceTakesUploadsOnly() {
    assertThat(driver.ways(cloud.connection(), ScriptedCloud.REGION)).containsExactly(Way.UPLOAD);
  }

  // ---- find

  private List<String> find(Optional<String> md5, Optional<String> sha256, Optional<String> sha) {
    return driver
        .find(cloud.connection(), ScriptedCloud.REGION, new ImageDigests(md5, sha256, sha))
        .stream()
        .map(CloudImage::id)
        .toList();
  }

  @Test
  void findsByTheBestDigestAndTakesNothingThatDoesNotHaveIt() {
    lists(
        image("i-1", "active", hashed(SHA512, MD5)),
        image("i-2", "active", hashed("00".repeat(64), MD5)),
        image("i-3", "deactivated", hashed(SHA512, MD5)));
    assertThat(find(Optional.of(MD5), Optional.empty(), Optional.of(SHA512)))
        .containsExactly("i-1");
    assertThat(cloud.requests("GET", IMAGES))
        .singleElement()
        .satisfies(
            request ->
                assertThat(request.query()).contains("status=active", "os_hash_value=" + SHA512));
  }

  @Test
  void aCloudThatHashesOtherwiseIsAskedByEachDigest() {
    cloud.on(
        "GET",
        IMAGES,
        Reply.json(200, "{'images': []}"),
        Reply.json(
            200,
            "{'images': ["
                + image(
                    "i-1",
                    "active",
                    ", 'os_hash_algo': 'sha256', 'os_hash_value': '" + SHA256 + "'")
                + "]}"));
    assertThat(find(Optional.of(MD5), Optional.of(SHA256), Optional.of(SHA512)))
        .containsExactly("i-1");
    assertThat(cloud.requests("GET", IMAGES)).hasSize(2);
  }

  @Test
  void onlyTheProjectsOwnAreFoundForOthersMayTakeTheirsAway() {
    String others = hashed(SHA512, MD5) + ", 'owner': 'somebody', 'visibility': ";
    lists(
        image("own", "active", ", 'checksum': '" + MD5.toUpperCase() + "'"),
        image("shared", "active", others + "'shared'"),
        image("public", "active", others + "'public'"));
    assertThat(find(Optional.of(MD5), Optional.empty(), Optional.empty())).containsExactly("own");
    assertThat(cloud.requests("GET", IMAGES).get(0).query())
        .contains("checksum=" + MD5, "owner=" + ScriptedCloud.PROJECT);
  }

  // ---- look

  private CloudImage look() {
    return driver.look(cloud.connection(), ScriptedCloud.REGION, "i-1").orElseThrow();
  }

  @ParameterizedTest
  @CsvSource({
    "queued,QUEUED",
    "saving,SAVING",
    "uploading,SAVING",
    "importing,SAVING",
    "active,ACTIVE",
    "killed,FAILED",
    "deactivated,UNUSABLE",
    "pending_delete,UNUSABLE",
    "deleted,UNUSABLE"
  })
  void tellsThePhaseOfEachStatus(String status, Phase phase) {
    is(status, "");
    assertThat(look().phase()).isEqualTo(phase);
    assertThat(look().status()).isEqualTo(status);
    assertThat(look().trouble().isPresent()).isEqualTo(phase == Phase.FAILED);
  }

  @Test
  void tellsWhatGlanceKnowsOfAnActiveOne() {
    is(
        "active",
        ", 'size': 12345678901, 'os_distro': 'debian', 'disk_format': 'raw', 'min_disk': 8,"
            + " 'min_ram': 0"
            + hashed(SHA512, MD5));
    CloudImage image = look();
    assertThat(image.size()).isEqualTo(OptionalLong.of(12345678901L));
    assertThat(image.digests())
        .isEqualTo(new ImageDigests(Optional.of(MD5), Optional.empty(), Optional.of(SHA512)));
    assertThat(image.properties())
        .isEqualTo(
            Map.of("os_distro", "debian", "disk_format", "raw", "min_disk", "8", "min_ram", "0"));
    assertThat(image.name()).isEqualTo("debian");
  }

  @Test
  void anImportThatFailedIsToldInTheCloudsWords() {
    is("queued", ", 'size': null, 'os_glance_failed_import': 'ceph'");
    assertThat(look().phase()).isEqualTo(Phase.FAILED);
    assertThat(look().trouble().orElseThrow().toString()).contains("ceph");

    cloud.on(
        "GET",
        ONE + "/tasks",
        Reply.json(
            200,
            "{'tasks': [{'status': 'failure', 'updated_at': '2026-01-01T00:00:00', 'message':"
                + " 'old'}, {'status': 'failure', 'updated_at': '2026-01-02T00:00:00', 'message':"
                + " 'URI returned 403.'}]}"));
    assertThat(look().trouble().orElseThrow().toString()).contains("URI returned 403");
  }

  @Test
  void anImportThatIsTakenButNotBegunIsNotQueuedAnyMore() {
    is("queued", ", 'os_glance_import_task': 't-1', 'os_glance_failed_import': ''");
    assertThat(look().phase()).isEqualTo(Phase.SAVING);
  }

  @Test
  void whatIsNotThereIsEmptyAndWhatIsNoImageIsGarbled() {
    assertThat(driver.look(cloud.connection(), ScriptedCloud.REGION, "i-1")).isEmpty();
    cloud.on("GET", ONE, Reply.json(200, "{'status': 'active'}"));
    assertThat(catchThrowableOfType(FederationFault.class, this::look).code())
        .isEqualTo(FaultCode.CLOUD_GARBLED);
  }

  // ---- register, marked, delete

  @Test
  void registersAPrivateImageWithItsMark() {
    cloud.on("POST", IMAGES, Reply.json(201, image("i-9", "queued", "")));
    ImageSpec spec =
        new ImageSpec(
            "web",
            "qcow2",
            "bare",
            8,
            512,
            Map.of("os_distro", "debian", "visibility", "public", "os_glance_x", "y"));
    assertThat(driver.register(cloud.connection(), ScriptedCloud.REGION, spec, "m-1"))
        .isEqualTo("i-9");
    JsonObject body = cloud.requests("POST", IMAGES).get(0).json();
    assertThat(body.toString())
        .isEqualTo(
            "{\"os_distro\":\"debian\",\"name\":\"web\",\"disk_format\":\"qcow2\","
                + "\"container_format\":\"bare\",\"min_disk\":8,\"min_ram\":512,"
                + "\"visibility\":\"private\",\"isthmus_copy\":\"m-1\",\"tags\":[\"m-1\"]}");
  }

  @Test
  void aRegistrationThatGotNoAnswerIsNotSentAgainAndIsFoundByItsMark() {
    cloud.on("POST", IMAGES, Reply.hangUp());
    ImageSpec spec = new ImageSpec("web", "raw", "bare", 0, 0, Map.of());
    assertThatThrownBy(() -> driver.register(cloud.connection(), ScriptedCloud.REGION, spec, "m-1"))
        .isInstanceOf(FederationFault.class);
    assertThat(cloud.requests("POST", IMAGES)).hasSize(1);

    lists(
        image(
            "second",
            "queued",
            ", 'isthmus_copy': 'm-1', 'tags': ['m-1'], 'created_at': '2026-02-02T00:00:00Z'"),
        image("first", "active", ", 'isthmus_copy': 'm-1', 'tags': ['x', 'm-1']"),
        image("unmarked", "active", ""),
        // What is made of a server or volume has the image's properties.
        image("snapshot", "active", ", 'isthmus_copy': 'm-1', 'tags': ['x']"),
        image("upload", "active", ", 'isthmus_copy': 'm-1'"),
        image("theirs", "active", ", 'isthmus_copy': 'm-1', 'tags': ['m-1'], 'owner': 'somebody'"));
    assertThat(driver.marked(cloud.connection(), ScriptedCloud.REGION, "m-1"))
        .extracting(CloudImage::id)
        .containsExactly("first", "second");
    assertThat(cloud.requests("GET", IMAGES).get(0).query())
        .contains("isthmus_copy=m-1", "owner=" + ScriptedCloud.PROJECT);
  }

  @Test
  void whatIsNotThereIsDeletedAndWhatIsInUseIsNot() {
    driver.delete(cloud.connection(), ScriptedCloud.REGION, "i-1");
    cloud.on("DELETE", ONE, Reply.text(409, "text/html", "<title>409</title>image is in use"));
    assertThatThrownBy(() -> driver.delete(cloud.connection(), ScriptedCloud.REGION, "i-1"))
        .isInstanceOf(FederationFault.class)
        .hasMessageContaining("in use");
  }

  // ---- upload

  @Test
  void streamsWithItsLengthAndTellsHowFarItIs() {
    is("queued", "");
    cloud.on("PUT", ONE + "/file", Reply.text(204, "text/plain", ""));
    byte[] bytes = "0123456789".repeat(100_000).getBytes(java.nio.charset.StandardCharsets.UTF_8);
    List<Long> told = Collections.synchronizedList(new ArrayList<>());
    AtomicInteger largest = new AtomicInteger();
    ImageDriver.Content content =
        content(
            bytes.length,
            () ->
                new ByteArrayInputStream(bytes) {
                  @Override
                  public synchronized int read(byte[] buffer, int offset, int length) {
                    largest.accumulateAndGet(length, Math::max);
                    return super.read(buffer, offset, length);
                  }
                });
    driver.upload(
        cloud.connection(), ScriptedCloud.REGION, "i-1", Way.UPLOAD, content, told::add, soon());
    ScriptedCloud.Request put = cloud.requests("PUT", ONE + "/file").get(0);
    assertThat(put.body()).isEqualTo(new String(bytes, java.nio.charset.StandardCharsets.UTF_8));
    assertThat(put.header("Content-Length")).contains("1000000");
    assertThat(put.header("Content-Type")).contains("application/octet-stream");
    assertThat(told).isSorted().last().isEqualTo(1_000_000L);
    assertThat(largest.get()).as("bytes read at once").isLessThanOrEqualTo(64 * 1024);
  }

  @Test
  void nothingIsSentToAnImageThatTakesNothing() {
    is("active", "");
    assertThat(faultOfUpload().code()).isEqualTo(FaultCode.CONFLICT);
    assertThat(cloud.requests("PUT", ONE + "/file")).isEmpty();
  }

  @Test
  void aTokenThatNoLongerHoldsIsRenewedBeforeAnythingIsSent() {
    cloud.on("GET", ONE, Reply.json(401, "{}"), Reply.json(200, image("i-1", "queued", "")));
    cloud.on("PUT", ONE + "/file", Reply.text(204, "text/plain", ""));
    upload(Way.UPLOAD, content(new byte[1000]));
    assertThat(cloud.requests("PUT", ONE + "/file"))
        .singleElement()
        .satisfies(put -> assertThat(put.header("X-Auth-Token")).contains("token-2"));
  }

  @Test
  void aTokenThatIsRefusedAtTheUploadIsRenewedOnceAndAllIsSentAgain() {
    is("queued", "");
    cloud.on("PUT", ONE + "/file", Reply.json(401, "{}"), Reply.text(204, "text/plain", ""));
    upload(Way.UPLOAD, content("abc".getBytes(java.nio.charset.StandardCharsets.UTF_8)));
    assertThat(cloud.requests("PUT", ONE + "/file"))
        .extracting(ScriptedCloud.Request::body)
        .containsExactly("abc", "abc");
    cloud.on("PUT", ONE + "/file", Reply.json(401, "{}"));
    assertThat(faultOfUpload().code()).isEqualTo(FaultCode.CLOUD_CREDENTIAL_REJECTED);
  }

  @Test
  void anUploadThatGotNoAnswerIsNotSentAgain() {
    is("queued", "");
    cloud.on("PUT", ONE + "/file", Reply.hangUp());
    assertThat(faultOfUpload().code()).isEqualTo(FaultCode.CLOUD_UNAVAILABLE);
    assertThat(cloud.requests("PUT", ONE + "/file")).hasSize(1);
  }

  @Test
  void anUploadWithoutAnAnswerEndsAtItsDeadline() {
    is("queued", "");
    cloud.on("PUT", ONE + "/file", Reply.after(cloud.end(), Reply.hangUp()));
    FederationFault fault =
        catchThrowableOfType(
            FederationFault.class,
            () ->
                driver.upload(
                    cloud.connection(),
                    ScriptedCloud.REGION,
                    "i-1",
                    Way.UPLOAD,
                    content(new byte[1000]),
                    NOBODY,
                    Instant.now().plusMillis(700)));
    assertThat(fault.code()).isEqualTo(FaultCode.CLOUD_TIMEOUT);
  }

  @Test
  void anUploadMayLastLongerThanOtherExchangesAsLongAsItMoves() {
    is("queued", "");
    cloud.on("PUT", ONE + "/file", Reply.text(204, "text/plain", ""));
    ImageDriver patient =
        new GlanceImages(
            ScriptedCloud.clouds(
                ScriptedCloud.config(Duration.ofSeconds(5), Duration.ofSeconds(1))));
    long began = System.nanoTime();
    patient.upload(
        cloud.connection(),
        ScriptedCloud.REGION,
        "i-1",
        Way.UPLOAD,
        content(8, GlanceImagesTest::slow),
        NOBODY,
        soon());
    assertThat(Duration.ofNanos(System.nanoTime() - began)).isGreaterThan(Duration.ofSeconds(1));
  }

  /** A byte each 150 ms. */
  private static InputStream slow() {
    return new InputStream() {
      @Override
      public int read() {
        return 0;
      }

      @Override
      public int read(byte[] buffer, int offset, int length) {
        CompletableFuture.runAsync(
                () -> {},
                CompletableFuture.delayedExecutor(150, java.util.concurrent.TimeUnit.MILLISECONDS))
            .join();
        buffer[offset] = 0;
        return 1;
      }
    };
  }

  @Test
  void contentThatCannotBeReadIsNotTheCloudsFault() {
    is("queued", "");
    cloud.on("PUT", ONE + "/file", Reply.text(204, "text/plain", ""));
    ImageDriver.Content unreadable =
        content(
            10,
            () -> {
              throw new IOException("disk gone");
            });
    assertThatThrownBy(() -> upload(Way.UPLOAD, unreadable))
        .isInstanceOf(UncheckedIOException.class)
        .hasMessageContaining("disk gone");
    ImageDriver.Content shorter = content(10, () -> new ByteArrayInputStream(new byte[4]));
    assertThatThrownBy(() -> upload(Way.UPLOAD, shorter))
        .isInstanceOf(UncheckedIOException.class)
        .hasMessageContaining("ends after 4 of 10 bytes");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "413|Image exceeds the storage quota: 10 bytes remaining.|QUOTA_EXCEEDED",
        "413|Project p is over a limit for [Resource image_size_total is over limit]|QUOTA_EXCEEDED",
        "413|Image storage media is full: There is not enough disk space|CLOUD_FULL",
        "413|The incoming image is too large: 10|CLOUD_REJECTED",
        "403|Not allowed to upload image data for image i-1|CLOUD_REJECTED",
        "409|Image status transition from saving to saving is not allowed|CONFLICT",
        "410|Image i-1 could not be found after upload.|CLOUD_REJECTED",
        "503|Insufficient permissions on image storage media|CLOUD_UNAVAILABLE"
      })
  void refusalsAreToldForWhatTheyAre(int status, String words, FaultCode code) {
    is("queued", "");
    cloud.on(
        "PUT",
        ONE + "/file",
        Reply.text(status, "text/html", "<html><body>" + words + "</body></html>"));
    FederationFault fault = faultOfUpload();
    assertThat(fault.code()).isEqualTo(code);
    assertThat(fault.details().getString("answer")).isEqualTo(words);
    assertThat(fault.details().getString("call")).isEqualTo("PUT image/images/i-1/file");
    assertThat(cloud.requests("PUT", ONE + "/file")).hasSize(1);
  }

  // ---- imports

  @Test
  void stagesAndHasItImported() {
    is("queued", "");
    cloud.on("PUT", ONE + "/stage", Reply.text(204, "text/plain", ""));
    cloud.on("POST", ONE + "/import", Reply.text(202, "text/plain", ""));
    upload(Way.GLANCE_DIRECT, content(new byte[1000]));
    assertThat(cloud.requests("POST", ONE + "/import").get(0).body())
        .isEqualTo("{\"method\":{\"name\":\"glance-direct\"}}");
  }

  @ParameterizedTest
  @CsvSource({"uploading,2", "importing,1", "active,1"})
  void anImportThatGotNoAnswerIsAskedForAgainOnlyIfTheImageStillWaits(String now, int asked) {
    cloud.on(
        "GET",
        ONE,
        Reply.json(200, image("i-1", "queued", "")),
        Reply.json(200, image("i-1", now, "")));
    cloud.on("PUT", ONE + "/stage", Reply.text(204, "text/plain", ""));
    cloud.on("POST", ONE + "/import", Reply.hangUp(), Reply.text(202, "text/plain", ""));
    upload(Way.GLANCE_DIRECT, content(new byte[1000]));
    assertThat(cloud.requests("POST", ONE + "/import")).hasSize(asked);
  }

  @Test
  void hasTheCloudDownloadByItself() {
    cloud.on("POST", ONE + "/import", Reply.text(202, "text/plain", ""));
    driver.download(
        cloud.connection(),
        ScriptedCloud.REGION,
        "i-1",
        URI.create("https://images.example/web.qcow2?leave=secret"));
    assertThat(cloud.requests("POST", ONE + "/import").get(0).body())
        .isEqualTo(
            "{\"method\":{\"name\":\"web-download\","
                + "\"uri\":\"https://images.example/web.qcow2?leave=secret\"}}");
  }
}
