package io.isthmus.itests.fault;

import static org.assertj.core.api.Assertions.assertThat;

import io.isthmus.itests.Await;
import io.isthmus.itests.RunningSystem;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.TimeUnit;

/** The launcher of the system under test: kills its server and starts it again. */
final class Launcher {

  private static final long START_MINUTES = 10;

  /** The launcher's own way to start it, for which it has no command. */
  private static final String START_DATABASE =
      """
      set -euo pipefail
      ROOT=$1
      for part in say machine processes settings fetch postgres nodes; do source "$ROOT/launcher/$part.sh"; done
      find_data --data "$2"
      name_dists
      start_postgres
      """;

  private final RunningSystem system;

  Launcher(RunningSystem system) {
    this.system = system;
  }

  /** Ends the application server as a power cut would. */
  void killServer() throws IOException {
    kill("isthmus");
  }

  /** The same with the database and all of its processes; the server goes on without it. */
  void killDatabase() throws IOException {
    List<ProcessHandle> children = process("postgres").descendants().toList();
    kill("postgres");
    for (ProcessHandle child : children) {
      child.destroyForcibly();
      child.onExit().join();
    }
  }

  /** Stops the server's clock, as a machine that is moved to another host does. */
  void pauseServer() throws IOException, InterruptedException {
    signal("STOP");
  }

  void wakeServer() throws IOException, InterruptedException {
    signal("CONT");
  }

  /** Starts what was killed here, and nothing else, so that all else stays as it is. */
  void revive() throws Exception {
    if (!isRunning("postgres")) {
      launch(List.of("bash", "-c", START_DATABASE, "start", root(), system.data().toString()));
    }
    if (!isRunning("isthmus")) {
      node("start", 1);
    }
    awaitPeople();
  }

  private boolean isRunning(String part) throws IOException {
    return handle(part).filter(ProcessHandle::isAlive).isPresent();
  }

  private void kill(String part) throws IOException {
    ProcessHandle process = process(part);
    process.destroyForcibly();
    process.onExit().join();
  }

  private void signal(String name) throws IOException, InterruptedException {
    Process kill =
        new ProcessBuilder("kill", "-" + name, String.valueOf(process("isthmus").pid())).start();
    assertThat(kill.waitFor()).as("kill -" + name).isZero();
  }

  private ProcessHandle process(String part) throws IOException {
    return handle(part).orElseThrow();
  }

  private Optional<ProcessHandle> handle(String part) throws IOException {
    String pid = Files.readString(system.data().resolve("run/" + part + ".pid")).split(" ")[0];
    return ProcessHandle.of(Long.parseLong(pid));
  }

  /**
   * Stops, kills or starts one of several servers; returns when that is done.
   *
   * @param act {@code stop}, {@code kill} or {@code start}
   * @param number of the server, from 1
   */
  void node(String act, int number) throws IOException, InterruptedException {
    run("node", act, Integer.toString(number));
  }

  /** Starts everything again; returns when all is healthy and people are let in. */
  void start() throws Exception {
    run("run", "--no-sample", "--detach");
    awaitPeople();
  }

  private void awaitPeople() throws Exception {
    // Keycloak's keys are asked for at intervals only, and it was away, or had no database.
    Await.until(
        Duration.ofMinutes(2),
        "alice is let in",
        () -> {
          try {
            return system.get(system.api("/caller"), system.token("alice")).statusCode();
          } catch (IOException | IllegalStateException notYet) {
            return 0;
          }
        },
        status -> status == 200);
  }

  private static String root() {
    return Path.of("..").toAbsolutePath().normalize().toString();
  }

  private void run(String... command) throws IOException, InterruptedException {
    List<String> words = new ArrayList<>(List.of(command));
    words.add(0, Path.of(root(), "isthmus").toString());
    words.addAll(List.of("--data", system.data().toString()));
    launch(words);
  }

  private static void launch(List<String> words) throws IOException, InterruptedException {
    Path log = Files.createTempFile("isthmus", ".log");
    ProcessBuilder start =
        new ProcessBuilder(words).redirectErrorStream(true).redirectOutput(log.toFile());
    // What lives for a minute is not worth compiling well: it is back sooner.
    start.environment().put("JAVA_TOOL_OPTIONS", "-XX:TieredStopAtLevel=1");
    Process launcher = start.start();
    boolean ended = launcher.waitFor(START_MINUTES, TimeUnit.MINUTES);
    if (!ended) {
      launcher.destroy();
    }
    assertThat(ended && launcher.exitValue() == 0).as(Files.readString(log)).isTrue();
    Files.delete(log);
  }
}
