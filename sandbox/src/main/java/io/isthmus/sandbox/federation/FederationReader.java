package io.isthmus.sandbox.federation;

import com.fasterxml.jackson.core.JsonLocation;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.DeserializationContext;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonMappingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.deser.std.StdDeserializer;
import com.fasterxml.jackson.databind.exc.UnrecognizedPropertyException;
import com.fasterxml.jackson.databind.module.SimpleModule;
import com.fasterxml.jackson.dataformat.yaml.YAMLFactory;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/** Reads federation files; a file with mistakes is refused with the line and field of each. */
public final class FederationReader {
  private static final ObjectMapper YAML =
      new ObjectMapper(new YAMLFactory())
          .enable(DeserializationFeature.FAIL_ON_UNKNOWN_PROPERTIES)
          .enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS)
          .registerModule(new SimpleModule().addDeserializer(Duration.class, new DurationReader()));

  private FederationReader() {}

  /** The federation that the jar carries: gra, bhs and syd. */
  public static Federation builtIn() {
    try (InputStream in = FederationReader.class.getResourceAsStream("/federations/default.yaml")) {
      return parse("default.yaml", new String(in.readAllBytes(), StandardCharsets.UTF_8));
    } catch (IOException broken) {
      throw new UncheckedIOException(broken);
    }
  }

  /**
   * @throws FederationException when the file cannot be read or has mistakes
   */
  public static Federation read(Path file) {
    try {
      return parse(file.toString(), Files.readString(file));
    } catch (IOException unreadable) {
      throw new FederationException(
          file.toString(), List.of("the file cannot be read: " + unreadable.getMessage()));
    }
  }

  static Federation parse(String source, String yaml) {
    Federation federation;
    try {
      federation = YAML.readValue(yaml, Federation.class);
    } catch (JsonProcessingException mistake) {
      throw new FederationException(source, List.of(describe(mistake, yaml)));
    }
    List<String> mistakes = FederationCheck.mistakes(federation, SourceLines.of(yaml));
    if (!mistakes.isEmpty()) {
      throw new FederationException(source, mistakes);
    }
    return federation;
  }

  private static String describe(JsonProcessingException mistake, String yaml) {
    String line = line(mistake, yaml);
    if (mistake instanceof UnrecognizedPropertyException unknown) {
      String known =
          unknown.getKnownPropertyIds().stream()
              .map(String::valueOf)
              .sorted()
              .collect(Collectors.joining(", "));
      return line + path(unknown) + " is not known here; known are " + known;
    }
    if (mistake instanceof JsonMappingException mapping && !mapping.getPath().isEmpty()) {
      return line + path(mapping) + ": " + mapping.getOriginalMessage();
    }
    return line + mistake.getOriginalMessage();
  }

  /** Where a value stands is known better than where the reader was when it noticed. */
  private static String line(JsonProcessingException mistake, String yaml) {
    if (mistake instanceof JsonMappingException mapping && !mapping.getPath().isEmpty()) {
      StringBuilder pointer = new StringBuilder();
      for (JsonMappingException.Reference step : mapping.getPath()) {
        pointer.append('/').append(step.getIndex() >= 0 ? step.getIndex() : step.getFieldName());
      }
      return "line " + SourceLines.of(yaml).line(pointer.toString()) + ": ";
    }
    JsonLocation location = mistake.getLocation();
    return location == null ? "" : "line " + location.getLineNr() + ": ";
  }

  private static String path(JsonMappingException mistake) {
    StringBuilder path = new StringBuilder();
    for (JsonMappingException.Reference step : mistake.getPath()) {
      if (step.getIndex() >= 0) {
        path.append('[').append(step.getIndex()).append(']');
      } else {
        path.append(path.isEmpty() ? "" : ".").append(step.getFieldName());
      }
    }
    return path.toString();
  }

  /** Durations as people write them: {@code 500ms}, {@code 2s}, {@code 1.5m}. */
  private static final class DurationReader extends StdDeserializer<Duration> {
    private static final Pattern FORM = Pattern.compile("(\\d+(?:\\.\\d+)?)\\s*(ms|s|m|h)");

    DurationReader() {
      super(Duration.class);
    }

    @Override
    public Duration deserialize(
        com.fasterxml.jackson.core.JsonParser parser, DeserializationContext context)
        throws IOException {
      String text = parser.getText();
      Matcher form = FORM.matcher(text);
      if (!form.matches()) {
        return (Duration)
            context.handleWeirdStringValue(
                Duration.class, text, "write a duration as 500ms, 2s, 1.5m or 1h");
      }
      double millis =
          Double.parseDouble(form.group(1))
              * switch (form.group(2)) {
                case "ms" -> 1;
                case "s" -> 1_000;
                case "m" -> 60_000;
                default -> 3_600_000;
              };
      return Duration.ofMillis((long) millis);
    }
  }
}
