package io.isthmus.sandbox.federation;

import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.JsonToken;
import com.fasterxml.jackson.dataformat.yaml.YAMLFactory;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.HashMap;
import java.util.Map;

/** Where each value of a YAML document stands, by JSON pointer. */
final class SourceLines {
  private final Map<String, Integer> lines = new HashMap<>();

  private SourceLines() {}

  /** Reads the lines; of a document that breaks off, those up to there. */
  static SourceLines of(String yaml) {
    SourceLines result = new SourceLines();
    try (JsonParser parser = new YAMLFactory().createParser(yaml)) {
      for (JsonToken token = parser.nextToken(); token != null; token = parser.nextToken()) {
        if (token != JsonToken.END_ARRAY && token != JsonToken.END_OBJECT) {
          result.lines.putIfAbsent(
              parser.getParsingContext().pathAsPointer().toString(),
              parser.currentTokenLocation().getLineNr());
        }
      }
    } catch (JsonProcessingException brokenOff) {
      return result;
    } catch (IOException impossible) {
      throw new UncheckedIOException(impossible);
    }
    return result;
  }

  /** The line of that value, or of the nearest thing around it. */
  int line(String pointer) {
    String at = pointer;
    while (!lines.containsKey(at) && !at.isEmpty()) {
      at = at.substring(0, at.lastIndexOf('/'));
    }
    return lines.getOrDefault(at, 1);
  }
}
