package io.isthmus.itests.clients;

import java.io.IOException;
import java.lang.ProcessBuilder.Redirect;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;

/**
 * Debian's {@code openstack} command for one cloud.
 *
 * @param cloudsYaml the file that names the cloud
 * @param cloud its key there
 * @param region a region of it, or null when it has but one
 */
record OpenStackClient(Path cloudsYaml, String cloud, String region) {
  /**
   * What a command did.
   *
   * @param code exit code
   */
  record Outcome(int code, String out, String err) {}

  /** Runs a command that must succeed and returns what it printed, without white space around. */
  String run(String... arguments) throws Exception {
    Outcome outcome = attempt(arguments);
    if (outcome.code() != 0) {
      throw new AssertionError(
          "openstack "
              + String.join(" ", arguments)
              + " ended with "
              + outcome.code()
              + ": "
              + outcome.err());
    }
    return outcome.out().strip();
  }

  /** One field of one resource. */
  String field(String field, String... arguments) throws Exception {
    List<String> all = new ArrayList<>(List.of(arguments));
    all.addAll(List.of("-f", "value", "-c", field));
    return run(all.toArray(String[]::new));
  }

  /** One column of a list. */
  List<String> column(String column, String... arguments) throws Exception {
    String out = field(column, arguments);
    return out.isEmpty() ? List.of() : out.lines().toList();
  }

  /**
   * Runs commands one after the other in one client, which reads them from its standard input, as
   * each start of it takes seconds; all of them must succeed.
   *
   * @param commands of words without white space
   */
  void runAll(String... commands) throws Exception {
    Path in = Files.createTempFile("openstack", ".in");
    try {
      Files.write(in, List.of(commands));
      Outcome outcome = run(Redirect.from(in.toFile()), List.of());
      // The interactive client goes on after an error and ends with 0.
      if (outcome.code() != 0 || !outcome.err().isBlank()) {
        throw new AssertionError(
            String.join("\n", commands) + " ended with " + outcome.code() + ": " + outcome.err());
      }
    } finally {
      Files.delete(in);
    }
  }

  /** Runs a command whatever its end. */
  Outcome attempt(String... arguments) throws Exception {
    return run(Redirect.PIPE, List.of(arguments));
  }

  private Outcome run(Redirect in, List<String> arguments) throws Exception {
    List<String> command = new ArrayList<>(List.of("openstack", "--os-cloud", cloud));
    if (region != null) {
      command.addAll(List.of("--os-region-name", region));
    }
    command.addAll(arguments);
    Path out = Files.createTempFile("openstack", ".out");
    Path err = Files.createTempFile("openstack", ".err");
    ProcessBuilder builder =
        new ProcessBuilder(command)
            .redirectInput(in)
            .redirectOutput(out.toFile())
            .redirectError(err.toFile());
    builder.environment().put("OS_CLIENT_CONFIG_FILE", cloudsYaml.toString());
    Process process;
    try {
      process = builder.start();
    } catch (IOException missing) {
      throw new IOException(
          "the openstack client is missing: apt-get install python3-openstackclient", missing);
    }
    if (!process.waitFor(120, TimeUnit.SECONDS)) {
      process.destroyForcibly();
      throw new AssertionError("openstack " + String.join(" ", arguments) + " took over 120 s");
    }
    Outcome outcome =
        new Outcome(
            process.exitValue(),
            Files.readString(out, StandardCharsets.UTF_8),
            Files.readString(err, StandardCharsets.UTF_8));
    Files.delete(out);
    Files.delete(err);
    return outcome;
  }
}
