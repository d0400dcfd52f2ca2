package io.isthmus.sandbox;

import java.nio.file.Path;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * The command line.
 *
 * @param basePort the first cloud's port; the others follow, the control port is 90 above it
 * @param bind address to listen on
 * @param federation federation file, null for the built-in one
 * @param state folder that keeps the clouds over restarts, null to forget them
 * @param publicHost host name in the addresses that the clouds tell
 * @param downloadHosts from which clouds download images beside this machine, in lower case
 * @param cloudsYaml where to write a clouds.yaml, or null
 */
record Options(
    int basePort,
    String bind,
    Path federation,
    Path state,
    String publicHost,
    Set<String> downloadHosts,
    Path cloudsYaml) {
  static final String USAGE =
      """
      usage: java -jar isthmus-sandbox.jar --base-port N [options]
        --base-port N         first cloud's port, 1024 to 65000; control port is N+90
        --bind ADDRESS        address to listen on (default 127.0.0.1)
        --federation FILE     YAML that describes the clouds (default: gra, bhs and syd)
        --state DIR           keeps the clouds' state over restarts
        --public-host HOST    host in the addresses that the clouds tell (default: --bind)
        --download-hosts A,B  hosts from which clouds may download images (web-download)
                              beside this machine's own loopback (default: none)
        --clouds-yaml FILE    writes a clouds.yaml for all clouds and projects
      """;

  private static final List<String> NAMES =
      List.of(
          "--base-port",
          "--bind",
          "--federation",
          "--state",
          "--public-host",
          "--download-hosts",
          "--clouds-yaml");

  /**
   * @throws IllegalArgumentException saying what is wrong with which option
   */
  static Options parse(String... args) {
    Map<String, String> values = new HashMap<>();
    for (int i = 0; i < args.length; i += 2) {
      if (!NAMES.contains(args[i])) {
        throw new IllegalArgumentException("unknown option " + args[i]);
      }
      if (i + 1 == args.length) {
        throw new IllegalArgumentException(args[i] + " needs a value");
      }
      values.put(args[i], args[i + 1]);
    }
    String bind = values.getOrDefault("--bind", "127.0.0.1");
    return new Options(
        port(values.get("--base-port")),
        bind,
        path(values.get("--federation")),
        path(values.get("--state")),
        values.getOrDefault("--public-host", bind),
        hosts(values.getOrDefault("--download-hosts", "")),
        path(values.get("--clouds-yaml")));
  }

  private static Set<String> hosts(String text) {
    return Arrays.stream(text.split(","))
        .map(host -> host.strip().toLowerCase(Locale.ROOT))
        .filter(host -> !host.isEmpty())
        .collect(Collectors.toUnmodifiableSet());
  }

  int controlPort() {
    return basePort + 90;
  }

  private static int port(String text) {
    if (text == null) {
      throw new IllegalArgumentException("--base-port is missing");
    }
    try {
      int port = Integer.parseInt(text);
      if (port >= 1024 && port <= 65000) {
        return port;
      }
    } catch (NumberFormatException notANumber) {
      throw new IllegalArgumentException(
          "--base-port must be a number from 1024 to 65000, not '" + text + "'", notANumber);
    }
    throw new IllegalArgumentException("--base-port must lie between 1024 and 65000, not " + text);
  }

  private static Path path(String text) {
    return text == null ? null : Path.of(text);
  }
}
