package io.isthmus.domain.template.type;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * A document of several parts. Its boundary is made from the parts, so that the same parts always
 * give the same text.
 *
 * @see "RFC 2045, RFC 2046, RFC 2231"
 */
final class MimeDocument {

  private static final Pattern TOKEN = Pattern.compile("[A-Za-z0-9!#$&^_.+-]{1,127}");
  private static final Pattern BOUNDARY =
      Pattern.compile("boundary\\s*=\\s*(?:\"([^\"]{1,70})\"|([^\\s;\"]{1,70}))");

  private final List<String> entities = new ArrayList<>();

  /** Whether it may stand in a header as it is. */
  static boolean isToken(String text) {
    return TOKEN.matcher(text).matches();
  }

  /**
   * Adds a text.
   *
   * @param subtype what follows {@code text/}; plain when it is none
   * @param filename may be empty
   */
  void add(String text, String subtype, String filename) {
    boolean ascii = text.chars().allMatch(c -> c < 0x80);
    StringBuilder entity = new StringBuilder();
    entity
        .append("Content-Type: text/")
        .append(isToken(subtype) ? subtype : "plain")
        .append("; charset=\"")
        .append(ascii ? "us-ascii" : "utf-8")
        .append("\"\nMIME-Version: 1.0\nContent-Transfer-Encoding: ")
        .append(ascii ? "7bit" : "base64");
    if (!filename.isEmpty()) {
      entity.append("\nContent-Disposition: attachment; ").append(parameter(filename));
    }
    entity.append("\n\n").append(ascii ? text : base64(text));
    entities.add(entity.toString());
  }

  private static String parameter(String filename) {
    String printable = filename.replaceAll("\\p{Cntrl}", "");
    if (printable.chars().allMatch(c -> c < 0x80)) {
      return "filename=\"" + printable.replace("\\", "\\\\").replace("\"", "\\\"") + "\"";
    }
    StringBuilder encoded = new StringBuilder("filename*=utf-8''");
    for (byte b : printable.getBytes(StandardCharsets.UTF_8)) {
      boolean plain = b >= 0 && (Character.isLetterOrDigit(b) || "-._".indexOf(b) >= 0);
      encoded.append(plain ? String.valueOf((char) b) : "%%%02X".formatted(b & 0xff));
    }
    return encoded.toString();
  }

  private static String base64(String text) {
    return Base64.getMimeEncoder(76, new byte[] {'\n'})
            .encodeToString(text.getBytes(StandardCharsets.UTF_8))
        + "\n";
  }

  /** Adds a part of another document, its headers included. */
  void addEntity(String entity) {
    entities.add(entity);
  }

  String text() {
    String boundary = boundary();
    StringBuilder document = new StringBuilder();
    document
        .append("Content-Type: multipart/mixed; boundary=\"")
        .append(boundary)
        .append("\"\nMIME-Version: 1.0\n\n");
    entities.forEach(
        entity -> document.append("--").append(boundary).append('\n').append(entity).append('\n'));
    return document.append("--").append(boundary).append("--\n").toString();
  }

  private String boundary() {
    try {
      MessageDigest digest = MessageDigest.getInstance("SHA-256");
      entities.forEach(entity -> digest.update(entity.getBytes(StandardCharsets.UTF_8)));
      byte[] state = digest.digest();
      while (true) {
        String boundary =
            "===============" + new java.math.BigInteger(1, state).toString(36).substring(0, 20);
        if (entities.stream().noneMatch(entity -> entity.contains(boundary))) {
          return boundary + "==";
        }
        state = digest.digest(state);
      }
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException(e);
    }
  }

  /**
   * The parts of a document, each with its headers.
   *
   * @return empty when it is no document of several parts
   */
  static Optional<List<String>> parts(String document) {
    String[] lines = document.split("\r?\n", -1);
    return boundaryOf(lines).map(boundary -> between(lines, boundary));
  }

  private static Optional<String> boundaryOf(String[] lines) {
    StringBuilder headers = new StringBuilder();
    for (String line : lines) {
      if (line.isEmpty()) {
        break;
      }
      boolean folded = line.startsWith(" ") || line.startsWith("\t");
      headers.append(folded ? "" : "\n").append(line);
    }
    return headers
        .toString()
        .lines()
        .filter(line -> line.toLowerCase(Locale.ROOT).matches("content-type:\\s*multipart/.*"))
        .map(BOUNDARY::matcher)
        .filter(Matcher::find)
        .map(found -> found.group(1) == null ? found.group(2) : found.group(1))
        .findFirst();
  }

  private static List<String> between(String[] lines, String boundary) {
    List<String> parts = new ArrayList<>();
    List<String> open = null;
    for (String line : lines) {
      String end = line.stripTrailing();
      if (end.equals("--" + boundary) || end.equals("--" + boundary + "--")) {
        if (open != null) {
          parts.add(String.join("\n", open));
        }
        if (end.endsWith("--") && end.length() == boundary.length() + 4) {
          return parts;
        }
        open = new ArrayList<>();
      } else if (open != null) {
        open.add(line);
      }
    }
    if (open != null) {
      parts.add(String.join("\n", open));
    }
    return parts;
  }
}
