package io.isthmus.domain.encryption;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Base64;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class SecretBoxTest {

  private static final byte[] OLD = key(1);
  private static final byte[] NEW = key(2);

  private final SecretBox box = new SecretBox(List.of(OLD));

  @Test
  void opensWhatItSealedAndShowsNothingOfIt() {
    String envelope = box.seal("s3cret é", "row/1");
    assertThat(envelope).doesNotContain("s3cret").isNotEqualTo(box.seal("s3cret é", "row/1"));
    assertThat(box.open(envelope, "row/1")).isEqualTo("s3cret é");
  }

  @Test
  void anEnvelopeDoesNotOpenInAnotherRow() {
    String envelope = box.seal("s3cret", "row/1");
    assertThatThrownBy(() -> box.open(envelope, "row/2"))
        .isInstanceOf(UnreadableSecret.class)
        .hasMessageContaining("row/2")
        .hasMessageNotContaining("s3cret");
  }

  @Test
  void anAlteredEnvelopeDoesNotOpen() {
    String envelope = box.seal("s3cret", "row/1");
    String[] parts = envelope.split("\\.");
    byte[] data = Base64.getDecoder().decode(parts[2]);
    data[data.length - 1] ^= 1;
    String altered = parts[0] + "." + parts[1] + "." + Base64.getEncoder().encodeToString(data);
    assertThatThrownBy(() -> box.open(altered, "row/1")).isInstanceOf(UnreadableSecret.class);
    assertThatThrownBy(() -> box.open("v1." + parts[1] + ".AAAA", "row/1"))
        .isInstanceOf(UnreadableSecret.class);
    assertThatThrownBy(() -> box.open("plain text", "row/1")).isInstanceOf(UnreadableSecret.class);
  }

  @Test
  void aNewKeySealsWhileTheOldOneStillOpens() {
    String before = box.seal("s3cret", "row/1");
    SecretBox rotated = new SecretBox(List.of(NEW, OLD));
    assertThat(rotated.open(before, "row/1")).isEqualTo("s3cret");
    assertThat(rotated.isOutdated(before)).isTrue();
    assertThat(rotated.isOutdated(rotated.seal("s3cret", "row/1"))).isFalse();
    assertThatThrownBy(() -> new SecretBox(List.of(NEW)).open(before, "row/1"))
        .isInstanceOf(UnreadableSecret.class)
        .hasMessageContaining("not in the key file");
  }

  @Test
  void productionDoesNotStartWithTheDefaultKey() {
    assertThatThrownBy(() -> new EncryptionKeys(Optional.empty(), "production").box())
        .hasMessageContaining("isthmus.encryption.key-file");
    EncryptionKeys evaluation = new EncryptionKeys(Optional.empty(), "evaluation");
    assertThat(evaluation.areDefault()).isTrue();
    assertThat(evaluation.box().open(evaluation.box().seal("x", "y"), "y")).isEqualTo("x");
  }

  @Test
  void readsAKeyALineAndTellsNothingOfABadOne(@TempDir Path folder) throws Exception {
    Path file = folder.resolve("key");
    Files.writeString(
        file,
        Base64.getEncoder().encodeToString(NEW)
            + "\n"
            + Base64.getEncoder().encodeToString(OLD)
            + "\n");
    EncryptionKeys keys = new EncryptionKeys(Optional.of(file.toString()), "production");
    assertThat(keys.box().open(box.seal("s3cret", "row"), "row")).isEqualTo("s3cret");

    Files.writeString(file, "c2hvcnQ=\n");
    assertThatThrownBy(keys::box)
        .hasMessageContaining(file.toString())
        .hasMessageNotContaining("c2hvcnQ");
  }

  private static byte[] key(int fill) {
    byte[] key = new byte[32];
    Arrays.fill(key, (byte) fill);
    return key;
  }
}
