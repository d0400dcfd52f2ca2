package io.isthmus.openstack.http;

import io.isthmus.domain.json.Json;
import jakarta.json.JsonException;
import jakarta.json.JsonObject;
import jakarta.json.JsonReader;
import jakarta.json.JsonStructure;
import jakarta.json.JsonValue;
import java.io.ByteArrayInputStream;
import java.net.http.HttpHeaders;
import java.nio.charset.StandardCharsets;
import java.time.DateTimeException;
import java.time.Instant;
import java.time.format.DateTimeFormatter;
import java.util.Optional;

/** What a cloud answered, read whole. */
public record Answer(int status, HttpHeaders headers, byte[] body) {

  public boolean isSuccess() {
    return status / 100 == 2;
  }

  public Optional<String> header(String name) {
    return headers.firstValue(name);
  }

  /** When the cloud answered, by its own clock; empty when it does not say. */
  public Optional<Instant> date() {
    try {
      return header("Date")
          .map(text -> DateTimeFormatter.RFC_1123_DATE_TIME.parse(text, Instant::from));
    } catch (DateTimeException unreadable) {
      return Optional.empty();
    }
  }

  /** The body as a JSON object; empty when it is anything else. */
  public Optional<JsonObject> json() {
    if (body.length == 0) {
      return Optional.empty();
    }
    try (JsonReader reader = Json.createReader(new ByteArrayInputStream(withoutNul()))) {
      JsonStructure read = reader.read();
      return read.getValueType() == JsonValue.ValueType.OBJECT
          ? Optional.of(read.asJsonObject())
          : Optional.empty();
    } catch (JsonException | IllegalStateException notJson) {
      return Optional.empty();
    }
  }

  /**
   * NUL is the one character that JSON can say and PostgreSQL keeps in no text; what is made of an
   * answer is kept there.
   */
  private byte[] withoutNul() {
    // Byte by byte, since a long list is not to be decoded twice.
    String bytes = new String(body, StandardCharsets.ISO_8859_1);
    return bytes.contains("\\u0000")
        ? bytes.replace("\\u0000", "\\ufffd").getBytes(StandardCharsets.ISO_8859_1)
        : body;
  }

  public String text() {
    return new String(body, StandardCharsets.UTF_8);
  }
}
