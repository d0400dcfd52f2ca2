package io.isthmus.itests.fault;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;

/** All logs of a system, and the secrets that none of them may tell. */
final class Logs {

  /** Shorter values, such as a number, stand in logs by chance. */
  private static final int SHORTEST = 12;

  private Logs() {}

  /** The system's own secrets, as its launcher keeps them, one in each file. */
  static Set<String> secretsOf(Path data) throws IOException {
    Set<String> secrets = new HashSet<>();
    try (Stream<Path> files = Files.list(data.resolve("secrets"))) {
      for (Path file : files.filter(Files::isRegularFile).toList()) {
        String text = Files.readString(file).strip();
        if (text.length() >= SHORTEST && !text.contains("\n")) {
          secrets.add(text);
        }
      }
    }
    return secrets;
  }

  /** Which logs tell a secret; the secrets themselves are not told here either. */
  static List<String> tellingOf(Path data, Collection<String> secrets) throws IOException {
    List<Path> logs;
    try (Stream<Path> all = Files.walk(data)) {
      logs = all.filter(Logs::isLog).filter(Files::isRegularFile).toList();
    }
    if (logs.isEmpty()) {
      return List.of("there are no logs in " + data);
    }
    List<String> wrong = new ArrayList<>();
    for (Path log : logs) {
      try (Stream<String> lines = Files.lines(log, StandardCharsets.ISO_8859_1)) {
        long telling = lines.filter(line -> secrets.stream().anyMatch(line::contains)).count();
        if (telling > 0) {
          wrong.add("%d lines of %s tell a secret".formatted(telling, log));
        }
      }
    }
    return wrong;
  }

  private static boolean isLog(Path path) {
    return path.getFileName().toString().contains(".log")
        || path.getParent() != null && path.getParent().endsWith("logs");
  }
}
