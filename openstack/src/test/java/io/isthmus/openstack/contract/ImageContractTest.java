package io.isthmus.openstack.contract;

import static org.assertj.core.api.Assertions.assertThat;

import io.isthmus.domain.cloud.CloudConnection;
import io.isthmus.domain.image.CloudImage;
import io.isthmus.domain.image.CloudImage.Phase;
import io.isthmus.domain.image.ImageDigests;
import io.isthmus.domain.image.ImageDriver;
import io.isthmus.domain.image.ImageDriver.Way;
import io.isthmus.domain.image.ImageSpec;
import io.isthmus.openstack.conversation.Clouds;
import io.isthmus.openstack.image.GlanceImages;
import java.io.IOException;
import java.io.InputStream;
import java.security.MessageDigest;
import java.time.Duration;
import java.time.Instant;
import java.util.HexFormat;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledIfSystemProperty;

/**
 * What becomes of an image in a cloud, by each way that it offers content to take; the size in MiB
 * is the system property {@code contract.image-mib}.
 */
@EnabledIfSystemProperty(named = CloudUnderTest.AUTH_URL, matches = ".+")
class ImageContractTest {
  private static final long SIZE = Long.getLong("contract.image-mib", 32) * 1024 * 1024;

  private final Clouds clouds = CloudUnderTest.clouds();
  private final CloudConnection connection = CloudUnderTest.connection();
  private final String region =
      clouds.session(connection).regions(clouds.session(connection).deadline()).get(0);
  private final ImageDriver images = new GlanceImages(clouds);

  /** Bytes made as they are read, the same each time. */
  private record Noise(long seed) implements ImageDriver.Content {
    @Override
    public long size() {
      return SIZE;
    }

    @Override
    public InputStream open() {
      Random random = new Random(seed);
      byte[] block = new byte[64 * 1024];
      return new InputStream() {
        private long left = SIZE;
        private int at = block.length;

        @Override
        public int read() {
          byte[] one = new byte[1];
          return read(one, 0, 1) < 0 ? -1 : one[0] & 0xff;
        }

        @Override
        public int read(byte[] buffer, int offset, int length) {
          if (left == 0) {
            return -1;
          }
          if (at == block.length) {
            random.nextBytes(block);
            at = 0;
          }
          int got = (int) Math.min(left, Math.min(length, block.length - at));
          System.arraycopy(block, at, buffer, offset, got);
          at += got;
          left -= got;
          return got;
        }
      };
    }

    ImageDigests digests() throws Exception {
      MessageDigest md5 = MessageDigest.getInstance("MD5");
      MessageDigest sha = MessageDigest.getInstance("SHA-512");
      try (InputStream in = open()) {
        byte[] buffer = new byte[64 * 1024];
        for (int got = in.read(buffer); got >= 0; got = in.read(buffer)) {
          md5.update(buffer, 0, got);
          sha.update(buffer, 0, got);
        }
      } catch (IOException impossible) {
        throw new IllegalStateException(impossible);
      }
      HexFormat hex = HexFormat.of();
      return new ImageDigests(
          Optional.of(hex.formatHex(md5.digest())),
          Optional.empty(),
          Optional.of(hex.formatHex(sha.digest())));
    }
  }

  @Test
  void anImageIsSentFoundAndDeletedByEachWayThatTheCloudOffers() throws Exception {
    Set<Way> ways = images.ways(connection, region);
    assertThat(ways).contains(Way.UPLOAD);
    for (Way way : new Way[] {Way.UPLOAD, Way.GLANCE_DIRECT}) {
      if (ways.contains(way)) {
        comesAndGoes(way);
      }
    }
  }

  private void comesAndGoes(Way way) throws Exception {
    Noise noise = new Noise(way.ordinal() + 1L);
    ImageDigests digests = noise.digests();
    String mark = UUID.randomUUID().toString();
    ImageSpec spec = new ImageSpec("contract", "raw", "bare", 1, 64, Map.of("os_distro", "debian"));
    String id = images.register(connection, region, spec, mark);
    try {
      assertThat(images.marked(connection, region, mark))
          .extracting(CloudImage::id)
          .containsExactly(id);
      assertThat(look(id).phase()).isEqualTo(Phase.QUEUED);
      AtomicLong sent = new AtomicLong();
      images.upload(
          connection,
          region,
          id,
          way,
          noise,
          sent::set,
          Instant.now().plus(Duration.ofMinutes(10)));
      assertThat(sent.get()).isEqualTo(SIZE);
      CloudImage image = awaitEnd(id);
      assertThat(image.phase()).as("%s by %s", image, way).isEqualTo(Phase.ACTIVE);
      assertThat(image.size()).hasValue(SIZE);
      assertThat(image.digests()).isEqualTo(digests);
      assertThat(image.properties())
          .containsEntry("os_distro", "debian")
          .containsEntry("isthmus_copy", mark);
      assertThat(images.find(connection, region, digests))
          .extracting(CloudImage::id)
          .containsExactly(id);
      assertThat(
              images.find(
                  connection,
                  region,
                  new ImageDigests(digests.md5(), Optional.empty(), Optional.empty())))
          .extracting(CloudImage::id)
          .containsExactly(id);
    } finally {
      images.delete(connection, region, id);
      images.delete(connection, region, id);
    }
    assertThat(images.look(connection, region, id)).isEmpty();
  }

  private CloudImage look(String id) {
    return images.look(connection, region, id).orElseThrow();
  }

  private CloudImage awaitEnd(String id) {
    Instant until = Instant.now().plus(Duration.ofMinutes(3));
    CloudImage image = look(id);
    while (image.phase() == Phase.SAVING && Instant.now().isBefore(until)) {
      CompletableFuture.runAsync(
              () -> {}, CompletableFuture.delayedExecutor(200, TimeUnit.MILLISECONDS))
          .join();
      image = look(id);
    }
    return image;
  }
}
