package io.isthmus.domain.webhook;

import io.isthmus.domain.fault.FederationFault;
import io.isthmus.domain.language.Phrase;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.SecureRandom;
import java.util.Base64;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;

/**
 * What signs a webhook's messages.
 *
 * @param text {@code whsec_} and 24 to 64 bytes in Base64
 * @see "Standard Webhooks 1.0.0, Signature scheme:
 *     https://github.com/standard-webhooks/standard-webhooks/blob/main/spec/standard-webhooks.md"
 */
public record WebhookSecret(String text) {

  private static final String PREFIX = "whsec_";
  private static final int SHORTEST = 24;
  private static final int LONGEST = 64;
  private static final int GENERATED = 32;
  private static final SecureRandom RANDOM = new SecureRandom();

  /** A new one of 32 random bytes. */
  static WebhookSecret generate() {
    byte[] key = new byte[GENERATED];
    RANDOM.nextBytes(key);
    return new WebhookSecret(PREFIX + Base64.getEncoder().encodeToString(key));
  }

  /**
   * Reads one that somebody brings; it is not repeated in what is told.
   *
   * @throws FederationFault REQUEST_INVALID
   */
  static WebhookSecret parse(String text) {
    WebhookSecret secret = new WebhookSecret(text.strip());
    try {
      int bytes = secret.text.startsWith(PREFIX) ? secret.key().length : 0;
      if (bytes >= SHORTEST && bytes <= LONGEST) {
        return secret;
      }
    } catch (IllegalArgumentException e) {
      // Told as every other mistake.
    }
    throw FederationFault.invalid("secret", Phrase.of("webhook.secret", SHORTEST, LONGEST));
  }

  private byte[] key() {
    return Base64.getDecoder().decode(text.substring(PREFIX.length()));
  }

  /**
   * {@code v1,} and the HMAC-SHA256 of id, time and body, joined by full stops, in Base64.
   *
   * @param seconds since 1970
   */
  String sign(String message, long seconds, String body) {
    try {
      Mac mac = Mac.getInstance("HmacSHA256");
      mac.init(new SecretKeySpec(key(), "HmacSHA256"));
      byte[] signature =
          mac.doFinal((message + "." + seconds + "." + body).getBytes(StandardCharsets.UTF_8));
      return "v1," + Base64.getEncoder().encodeToString(signature);
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException("every Java has HmacSHA256", e);
    }
  }

  /** Never the secret. */
  @Override
  public String toString() {
    return PREFIX + "…";
  }
}
