package io.isthmus.domain.keypair;

import io.isthmus.domain.fault.FederationFault;
import io.isthmus.domain.language.Phrase;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Base64;
import java.util.HexFormat;
import java.util.List;
import java.util.Locale;
import java.util.regex.Pattern;

/**
 * A public key as OpenSSH writes it on one line: its type, what the key is in Base64, and perhaps a
 * comment. What is in the Base64 has been read: it is a key of that very type.
 *
 * @param type such as {@code ssh-ed25519}
 * @param data the key's own bytes in Base64, which begin with the type once more
 * @param comment behind it; may be empty
 * @param bits size of the key in bits, as ssh-keygen tells it
 * @see "RFC 4253, 6.6; RFC 5656, 3.1; RFC 8709, 4; openssh-portable PROTOCOL.u2f"
 */
public record PublicKey(String type, String data, String comment, int bits) {

  /** Most characters of the whole line; RSA keys of 16,384 bits fit. */
  public static final int LONGEST = 4096;

  /** Most characters of a comment. */
  public static final int LONGEST_COMMENT = 255;

  /** Types that are taken. */
  public static final List<String> TYPES =
      List.of(
          "ssh-ed25519",
          "ecdsa-sha2-nistp256",
          "ecdsa-sha2-nistp384",
          "ecdsa-sha2-nistp521",
          "ssh-rsa",
          "sk-ssh-ed25519@openssh.com",
          "sk-ecdsa-sha2-nistp256@openssh.com");

  /** Where in a request it is given. */
  static final String FIELD = "public_key";

  /** Base64 of {@code openssh-key-v1}, with which OpenSSH's private keys begin. */
  private static final String PRIVATE_BEGINNING = "b3BlbnNzaC1rZXktdj";

  /** What may be told of a type that is not taken: nothing else of the text is ever repeated. */
  private static final Pattern TYPE_LIKE = Pattern.compile("(ssh|ecdsa|sk|x509)-[a-z0-9@.-]{1,60}");

  private static final Pattern CONTROL = Pattern.compile("[\\p{Cc}\\p{Cf}\\u2028\\u2029]");

  /**
   * Reads a line such as those in {@code ~/.ssh/id_ed25519.pub}.
   *
   * @throws FederationFault REQUEST_INVALID, saying what is wrong without repeating what was given:
   *     it may be a private key
   */
  public static PublicKey parse(String text) {
    String line = text.strip();
    if (isPrivate(line)) {
      throw invalid("private", "private-remedy");
    }
    if (line.isEmpty()) {
      throw invalid("key-missing", "form-remedy");
    }
    if (line.contains("-----BEGIN") || line.contains("---- BEGIN")) {
      throw invalid("other-form", "other-form-remedy");
    }
    if (line.length() > LONGEST) {
      throw invalid(Phrase.of("keypair.too-long", line.length(), LONGEST), "form-remedy");
    }
    if (line.indexOf('\n') >= 0 || line.indexOf('\r') >= 0) {
      throw invalid("several-lines", "several-lines-remedy");
    }
    String[] words = line.split("[ \\t]+", 3);
    if (!TYPES.contains(words[0])) {
      throw TYPE_LIKE.matcher(words[0]).matches()
          ? invalid(
              Phrase.of("keypair.type-unknown", words[0]),
              Phrase.of("keypair.types", Phrase.names(TYPES, TYPES.size())))
          : invalid("no-key", "form-remedy");
    }
    if (words.length < 2) {
      throw invalid("no-data", "form-remedy");
    }
    String comment = words.length < 3 ? "" : words[2].strip();
    if (comment.length() > LONGEST_COMMENT || CONTROL.matcher(comment).find()) {
      throw invalid(Phrase.of("keypair.comment", LONGEST_COMMENT), "comment-remedy");
    }
    byte[] bytes = decoded(words[1]);
    int bits = new KeyData(bytes).bits(words[0]).orElseThrow(() -> damaged(words[0]));
    return new PublicKey(words[0], Base64.getEncoder().encodeToString(bytes), comment, bits);
  }

  /** Whether a text looks like a private key, or holds one. */
  public static boolean isPrivate(String text) {
    return text.toUpperCase(Locale.ROOT).contains("PRIVATE KEY")
        || text.contains("PuTTY-User-Key-File")
        || text.contains("Private-Lines:")
        || text.contains(PRIVATE_BEGINNING);
  }

  private static byte[] decoded(String base64) {
    try {
      return Base64.getDecoder().decode(base64);
    } catch (IllegalArgumentException e) {
      throw invalid("no-base64", "whole-remedy");
    }
  }

  private static FederationFault damaged(String type) {
    return invalid(Phrase.of("keypair.damaged", type), Phrase.of("keypair.whole-remedy"));
  }

  /** The line, as OpenSSH and Nova take it. */
  public String text() {
    return comment.isEmpty() ? type + " " + data : type + " " + data + " " + comment;
  }

  /** As {@code ssh-keygen -l} shows it: {@code SHA256:} and 43 characters. */
  public String fingerprint() {
    return "SHA256:" + Base64.getEncoder().withoutPadding().encodeToString(digest("SHA-256"));
  }

  /** As Nova shows it: sixteen bytes in hexadecimal with colons between. */
  public String md5Fingerprint() {
    return HexFormat.ofDelimiter(":").formatHex(digest("MD5"));
  }

  /** Whether it is the same key, whatever the comment. */
  public boolean isSame(PublicKey other) {
    return data.equals(other.data);
  }

  private byte[] digest(String algorithm) {
    try {
      return MessageDigest.getInstance(algorithm).digest(Base64.getDecoder().decode(data));
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException(e);
    }
  }

  private static FederationFault invalid(String message, String remedy) {
    return invalid(Phrase.of("keypair." + message), remedy);
  }

  private static FederationFault invalid(Phrase message, String remedy) {
    return invalid(message, Phrase.of("keypair." + remedy));
  }

  private static FederationFault invalid(Phrase message, Phrase remedy) {
    return FederationFault.invalid(FIELD, message, remedy);
  }

  @Override
  public String toString() {
    return type + " " + fingerprint();
  }
}
