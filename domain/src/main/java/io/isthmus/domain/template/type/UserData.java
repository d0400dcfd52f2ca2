package io.isthmus.domain.template.type;

import io.isthmus.domain.template.Values;
import jakarta.json.JsonObject;
import jakarta.json.JsonValue;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Optional;

/** What a server is given at its first boot. */
public final class UserData {

  /**
   * Most characters that Nova takes in base64.
   *
   * @see "openstack/nova nova/api/openstack/compute/schemas/servers.py, user_data"
   */
  static final int MOST_IN_BASE64 = 65_535;

  /** Most bytes that fit into {@link #MOST_IN_BASE64}. */
  static final int MOST_BYTES = MOST_IN_BASE64 / 4 * 3;

  private UserData() {}

  /**
   * The text that cloud-init gets: {@code user_data} as it is, or in the format SOFTWARE_CONFIG as
   * a MIME document.
   *
   * @param server properties of an {@code OS::Nova::Server}
   * @return empty when none is given
   */
  public static Optional<String> of(JsonObject server) {
    JsonValue data = server.getOrDefault("user_data", JsonValue.NULL);
    if (data.equals(JsonValue.NULL)) {
      return Optional.empty();
    }
    String text = Values.python(data);
    String format = Values.python(server.getOrDefault("user_data_format", JsonValue.NULL));
    return Optional.of(format.equals("SOFTWARE_CONFIG") ? mime(text) : text);
  }

  /** As Heat does: the parts of a document that has several, else the text as the only part. */
  private static String mime(String text) {
    MimeDocument document = new MimeDocument();
    Optional<List<String>> parts = MimeDocument.parts(text);
    parts.ifPresent(all -> all.forEach(document::addEntity));
    if (parts.isEmpty()) {
      document.add(text, "", "");
    }
    return document.text();
  }

  /** Bytes before base64. */
  static int bytes(String text) {
    return text.getBytes(StandardCharsets.UTF_8).length;
  }
}
