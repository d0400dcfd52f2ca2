package io.isthmus.domain.keypair;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import io.isthmus.domain.fault.FaultCode;
import io.isthmus.domain.fault.FederationFault;
import io.isthmus.domain.fault.Violation;
import java.io.ByteArrayOutputStream;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.Locale;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

class PublicKeyTest {

  private static final String SECRET = "c2VjcmV0LXByaXZhdGU";

  static Stream<Arguments> sound() {
    return Stream.of(
        Arguments.of(
            Keys.RSA,
            2048,
            "SHA256:mX2vgH8N0fFGw5iIpR3+sXj76O0bZmn6dbL7/z0/JSc",
            "31:b0:72:02:04:50:49:6c:7a:df:39:55:e0:15:a2:59"),
        Arguments.of(
            Keys.ED25519,
            256,
            "SHA256:nsbRG6M9nsx9DSfx35fZWQWn6dtFFdjEpCNpm8P7ULc",
            "b7:23:17:5f:9c:1c:fb:20:cf:ae:91:08:c7:26:bc:03"),
        Arguments.of(
            Keys.P256,
            256,
            "SHA256:4bJGLwzyMj5zVgprmYldAL9dNlC5YS4SeYvd+i/UuFY",
            "cd:fd:ad:bd:99:2b:80:d3:ca:79:31:57:db:06:52:01"),
        Arguments.of(
            Keys.P384,
            384,
            "SHA256:XlnYq660qrPul8YZ/+VuTBr5n3nKgwLL+kWLEMKV9eo",
            "41:f3:ec:bf:f4:6d:5a:1d:2d:20:38:a3:5f:d8:8d:d9"),
        Arguments.of(
            Keys.P521,
            521,
            "SHA256:FNjayOU43FrXjFn0k6Q8D0T6ndEeEm9Y2QIwM2UcqE4",
            "6b:82:55:7b:0c:d8:56:32:a3:a6:51:1d:8f:b7:5c:1e"));
  }

  @ParameterizedTest
  @MethodSource("sound")
  void isReadAsSshKeygenTellsIt(String line, int bits, String sha256, String md5) {
    PublicKey key = PublicKey.parse("  " + line + "\n");

    assertThat(key.text()).isEqualTo(line);
    assertThat(key.bits()).isEqualTo(bits);
    assertThat(key.fingerprint()).isEqualTo(sha256);
    assertThat(key.md5Fingerprint()).isEqualTo(md5);
    assertThat(key.comment()).isEqualTo("alice@laptop");
    assertThat(key).hasToString(line.split(" ")[0] + " " + sha256);
  }

  @Test
  void keysOfDevicesAreTaken() {
    byte[] point = new byte[65];
    point[0] = 4;
    String ecdsa = "sk-ecdsa-sha2-nistp256@openssh.com";
    String ed25519 = "sk-ssh-ed25519@openssh.com";

    assertThat(PublicKey.parse(line(ecdsa, bytes(ecdsa), bytes("nistp256"), point, bytes("ssh:"))))
        .extracting(PublicKey::bits)
        .isEqualTo(256);
    assertThat(PublicKey.parse(line(ed25519, bytes(ed25519), new byte[32], bytes("ssh:"))).bits())
        .isEqualTo(256);
  }

  @Test
  void aCommentMayBeAbsentOrHaveSpacesAndDoesNotMakeAnotherKey() {
    String bare = Keys.ED25519.substring(0, Keys.ED25519.lastIndexOf(' '));

    assertThat(PublicKey.parse(bare).comment()).isEmpty();
    assertThat(PublicKey.parse(bare + "\t clé d’Alice ").text()).isEqualTo(bare + " clé d’Alice");
    assertThat(PublicKey.parse(bare).isSame(PublicKey.parse(Keys.ED25519))).isTrue();
    assertThat(PublicKey.parse(bare).isSame(PublicKey.parse(Keys.P256))).isFalse();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "-----BEGIN OPENSSH PRIVATE KEY-----\n" + SECRET + "\n-----END OPENSSH PRIVATE KEY-----",
        "-----BEGIN Keys.RSA PRIVATE KEY-----\n" + SECRET,
        "-----begin encrypted private key-----\n" + SECRET,
        "---- BEGIN SSH2 ENCRYPTED PRIVATE KEY ----\n" + SECRET,
        "PuTTY-User-Key-File-3: ssh-ed25519\nPrivate-Lines: 1\n" + SECRET,
        "b3BlbnNzaC1rZXktdjEAAAAA" + SECRET,
        "ssh-ed25519 b3BlbnNzaC1rZXktdjEAAAAA" + SECRET
      })
  void aPrivateKeyIsRefusedAsOneAndNeverRepeated(String text) {
    FederationFault fault = fault(text);

    assertThat(fault.phrase().key()).isEqualTo("keypair.private");
    assertThat(told(fault)).contains(".pub").doesNotContain(SECRET);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "''|key-missing",
        "' '|key-missing",
        "-----BEGIN PUBLIC KEY-----|other-form",
        "---- BEGIN SSH2 PUBLIC KEY ----|other-form",
        "ssh-dss AAAAB3NzaC1kc3M=|type-unknown",
        "ssh-ed25519|no-data",
        "ssh-ed25519 not*base64|no-base64",
        "ssh-ed25519 AAAA|damaged",
        "ssh-ed25519 AAAAC3NzaC1lZDI1NTE5AAAAIG37zo8Bq2SBxnekD9u9fwxLYDWsXS76oAoCX7j/|damaged",
        "'from=\"10.0.0.1\" ssh-ed25519 AAAA'|no-key",
        "c2VjcmV0LXByaXZhdGU|no-key"
      })
  void whatIsNoKeyIsRefusedWithARemedy(String text, String key) {
    FederationFault fault = fault(text);

    assertThat(fault.phrase().key()).isEqualTo("keypair." + key);
    assertThat(fault.violations())
        .singleElement()
        .extracting(Violation::pointer)
        .isEqualTo("public_key");
    assertThat(fault.violations().get(0).remedy()).isPresent();
    assertThat(told(fault)).doesNotContain(SECRET);
  }

  @Test
  void whatIsInsideMustBeOfTheTypeBeforeItAndNothingMore() {
    String data = Keys.ED25519.split(" ")[1];
    String type = "ssh-ed25519";

    assertThat(fault("ssh-rsa " + data).phrase().key()).isEqualTo("keypair.damaged");
    assertThat(fault(line(type, bytes(type), new byte[31])).phrase().key())
        .isEqualTo("keypair.damaged");
    assertThat(fault(line(type, bytes(type), new byte[32], new byte[1])).phrase().key())
        .isEqualTo("keypair.damaged");
    String curve = "ecdsa-sha2-nistp256";
    assertThat(fault(line(curve, bytes(curve), bytes("nistp384"), new byte[65])).phrase().key())
        .isEqualTo("keypair.damaged");
  }

  @Test
  void anRsaKeyOfLessThanWhatOpenSshTakesIsRefused() {
    byte[] small = new byte[65];
    small[1] = (byte) 0x80;
    small[64] = 1;

    assertThat(fault(line("ssh-rsa", bytes("ssh-rsa"), new byte[] {1, 0, 1}, small)).phrase().key())
        .isEqualTo("keypair.damaged");
  }

  @Test
  void aLengthThatReachesBeyondTheEndIsRefused() {
    byte[] boundless = {0x7f, (byte) 0xff, (byte) 0xff, (byte) 0xff, 1};
    byte[] negative = {(byte) 0xff, 0, 0, 0};

    for (byte[] data : new byte[][] {boundless, negative, {}}) {
      String text = "ssh-rsa " + Base64.getEncoder().encodeToString(data);
      assertThat(fault(text).violations()).as(text).hasSize(1);
    }
  }

  @Test
  void severalLinesALongOneAndControlCharactersAreRefused() {
    assertThat(fault(Keys.ED25519 + "\n" + Keys.P256).phrase().key())
        .isEqualTo("keypair.several-lines");
    assertThat(fault(Keys.ED25519 + " x".repeat(3000)).phrase().key())
        .isEqualTo("keypair.too-long");
    assertThat(fault(Keys.ED25519 + "x".repeat(300)).phrase().key()).isEqualTo("keypair.comment");
    assertThat(fault(Keys.ED25519 + "\u202e").phrase().key()).isEqualTo("keypair.comment");
  }

  private static FederationFault fault(String text) {
    FederationFault fault =
        catchThrowableOfType(FederationFault.class, () -> PublicKey.parse(text));
    assertThat(fault).as("refused").isNotNull();
    assertThat(fault.code()).isEqualTo(FaultCode.REQUEST_INVALID);
    return fault;
  }

  private static String told(FederationFault fault) {
    StringBuilder told = new StringBuilder(fault.toString());
    for (Violation violation : fault.violations()) {
      told.append(violation.message().in(Locale.ENGLISH));
      violation.remedy().ifPresent(remedy -> told.append(remedy.in(Locale.FRENCH)));
    }
    return told.toString();
  }

  private static byte[] bytes(String text) {
    return text.getBytes(StandardCharsets.US_ASCII);
  }

  private static String line(String type, byte[]... parts) {
    ByteArrayOutputStream all = new ByteArrayOutputStream();
    for (byte[] part : parts) {
      all.writeBytes(ByteBuffer.allocate(4).putInt(part.length).array());
      all.writeBytes(part);
    }
    return type + " " + Base64.getEncoder().encodeToString(all.toByteArray());
  }
}
