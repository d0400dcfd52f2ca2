package io.isthmus.domain.encryption;

import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.security.SecureRandom;
import java.util.Arrays;
import java.util.Base64;
import java.util.HexFormat;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import javax.crypto.Cipher;
import javax.crypto.spec.GCMParameterSpec;
import javax.crypto.spec.SecretKeySpec;

/**
 * Seals texts with AES-256-GCM. An envelope, {@code v1.KEY.DATA}, names the key that sealed it, so
 * that keys can be changed one after the other: the first key seals, every key opens. The binding
 * is authenticated with the text: an envelope that is copied to another row does not open there.
 */
public final class SecretBox {

  private static final int KEY_BYTES = 32;
  private static final int NONCE_BYTES = 12;
  private static final int TAG_BITS = 128;
  private static final String VERSION = "v1";

  private final SecureRandom random = new SecureRandom();
  private final Map<String, SecretKeySpec> keys = new LinkedHashMap<>();
  private final String sealing;

  /**
   * @param keys 32 bytes each, the sealing one first
   * @throws IllegalArgumentException when there is none, or one has another length
   */
  public SecretBox(List<byte[]> keys) {
    for (byte[] key : keys) {
      if (key.length != KEY_BYTES) {
        throw new IllegalArgumentException("an encryption key has 32 bytes, not " + key.length);
      }
      this.keys.put(id(key), new SecretKeySpec(key, "AES"));
    }
    sealing =
        this.keys.keySet().stream()
            .findFirst()
            .orElseThrow(() -> new IllegalArgumentException("there is no encryption key"));
  }

  /**
   * Encrypts a text.
   *
   * @param binding names the one place where the envelope may be opened, such as {@code
   *     cloud_access/acme/demo/gra}
   */
  public String seal(String text, String binding) {
    byte[] nonce = new byte[NONCE_BYTES];
    random.nextBytes(nonce);
    try {
      Cipher cipher = cipher(Cipher.ENCRYPT_MODE, sealing, nonce, binding);
      byte[] sealed = cipher.doFinal(text.getBytes(StandardCharsets.UTF_8));
      byte[] data = Arrays.copyOf(nonce, nonce.length + sealed.length);
      System.arraycopy(sealed, 0, data, nonce.length, sealed.length);
      return VERSION + "." + sealing + "." + Base64.getEncoder().encodeToString(data);
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException("this Java cannot encrypt with AES-256-GCM", e);
    }
  }

  /**
   * Decrypts an envelope.
   *
   * @throws UnreadableSecret when the key is not among ours, the binding is another, or the
   *     envelope was altered
   */
  public String open(String envelope, String binding) {
    String[] parts = envelope.split("\\.", -1);
    if (parts.length != 3 || !parts[0].equals(VERSION)) {
      throw new UnreadableSecret("the secret of " + binding + " is not an envelope of ours");
    }
    if (!keys.containsKey(parts[1])) {
      throw new UnreadableSecret(
          "the secret of %s was sealed with key %s, which is not in the key file (it has %s)"
              .formatted(binding, parts[1], String.join(", ", keys.keySet())));
    }
    try {
      byte[] data = Base64.getDecoder().decode(parts[2]);
      byte[] nonce = Arrays.copyOf(data, NONCE_BYTES);
      Cipher cipher = cipher(Cipher.DECRYPT_MODE, parts[1], nonce, binding);
      byte[] text = cipher.doFinal(data, NONCE_BYTES, data.length - NONCE_BYTES);
      return new String(text, StandardCharsets.UTF_8);
    } catch (GeneralSecurityException | IllegalArgumentException e) {
      throw new UnreadableSecret("the secret of " + binding + " was altered or moved", e);
    }
  }

  /** Whether the envelope was sealed with an older key and should be sealed again. */
  public boolean isOutdated(String envelope) {
    return !envelope.startsWith(VERSION + "." + sealing + ".");
  }

  private Cipher cipher(int mode, String key, byte[] nonce, String binding)
      throws GeneralSecurityException {
    Cipher cipher = Cipher.getInstance("AES/GCM/NoPadding");
    cipher.init(mode, keys.get(key), new GCMParameterSpec(TAG_BITS, nonce));
    cipher.updateAAD((VERSION + "." + key + "." + binding).getBytes(StandardCharsets.UTF_8));
    return cipher;
  }

  /** The beginning of the key's digest: tells keys apart and nothing about them. */
  private static String id(byte[] key) {
    try {
      byte[] digest = MessageDigest.getInstance("SHA-256").digest(key);
      return HexFormat.of().formatHex(digest, 0, 4);
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException(e);
    }
  }
}
