package io.isthmus.domain.placement;

import io.isthmus.domain.cloud.Coordinates;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;

/** Where the people of a country are taken to be. */
final class Towns {

  private static final Map<String, Coordinates> TOWNS = read();

  private Towns() {}

  /** Those of which one is known, by code. */
  static Set<String> countries() {
    return new TreeSet<>(TOWNS.keySet());
  }

  /**
   * @param country ISO 3166-1 alpha-2 code
   */
  static Optional<Coordinates> of(String country) {
    return Optional.ofNullable(TOWNS.get(country));
  }

  private static Map<String, Coordinates> read() {
    try (BufferedReader reader =
        new BufferedReader(
            new InputStreamReader(
                Towns.class.getResourceAsStream("principal-towns.csv"), StandardCharsets.UTF_8))) {
      return reader
          .lines()
          .filter(line -> !line.startsWith("#"))
          .map(line -> line.split(","))
          .collect(
              Collectors.toMap(
                  fields -> fields[0],
                  fields ->
                      new Coordinates(
                          Double.parseDouble(fields[1]), Double.parseDouble(fields[2]))));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
