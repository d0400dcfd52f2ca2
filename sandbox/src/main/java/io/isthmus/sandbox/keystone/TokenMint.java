package io.isthmus.sandbox.keystone;

import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.MessageDigest;
import java.time.Instant;
import java.util.Base64;
import java.util.Optional;
import java.util.UUID;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;

/** Makes tokens that carry their own content under a signature, as Keystone's Fernet tokens do. */
final class TokenMint {
  /**
   * What a token carries.
   *
   * @param method how the bearer proved who they are
   * @param projectId scope, or null
   * @param credentialId the application credential it came from, or null
   * @param auditId names the token where the token itself must not be told
   */
  record Content(
      String userId,
      String method,
      String projectId,
      String credentialId,
      String auditId,
      Instant issued,
      Instant expires) {}

  private static final Base64.Encoder ENCODER = Base64.getUrlEncoder().withoutPadding();
  private static final Base64.Decoder DECODER = Base64.getUrlDecoder();

  private final byte[] key;

  TokenMint(byte[] key) {
    this.key = key.clone();
  }

  String sign(Content content) {
    String payload =
        String.join(
            "|",
            content.userId(),
            content.method(),
            orEmpty(content.projectId()),
            orEmpty(content.credentialId()),
            content.auditId(),
            content.issued().toString(),
            content.expires().toString());
    byte[] bytes = payload.getBytes(StandardCharsets.UTF_8);
    return "gAAAAA" + ENCODER.encodeToString(bytes) + "." + ENCODER.encodeToString(mac(bytes));
  }

  /** What the token carries, unless it is not one of ours. */
  Optional<Content> open(String token) {
    if (token == null || !token.startsWith("gAAAAA") || token.indexOf('.') < 0) {
      return Optional.empty();
    }
    try {
      byte[] bytes = DECODER.decode(token.substring(6, token.indexOf('.')));
      byte[] signature = DECODER.decode(token.substring(token.indexOf('.') + 1));
      if (!MessageDigest.isEqual(mac(bytes), signature)) {
        return Optional.empty();
      }
      String[] part = new String(bytes, StandardCharsets.UTF_8).split("\\|", -1);
      return Optional.of(
          new Content(
              part[0],
              part[1],
              orNull(part[2]),
              orNull(part[3]),
              part[4],
              Instant.parse(part[5]),
              Instant.parse(part[6])));
    } catch (IllegalArgumentException notBase64) {
      return Optional.empty();
    }
  }

  static String auditId() {
    return ENCODER.encodeToString(
        UUID.randomUUID()
            .toString()
            .replace("-", "")
            .substring(0, 16)
            .getBytes(StandardCharsets.UTF_8));
  }

  private byte[] mac(byte[] bytes) {
    try {
      Mac mac = Mac.getInstance("HmacSHA256");
      mac.init(new SecretKeySpec(key, "HmacSHA256"));
      return mac.doFinal(bytes);
    } catch (GeneralSecurityException impossible) {
      throw new IllegalStateException(impossible);
    }
  }

  private static String orEmpty(String text) {
    return text == null ? "" : text;
  }

  private static String orNull(String text) {
    return text.isEmpty() ? null : text;
  }
}
