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
import java.util.concurrent.TimeUnit;

/** The launcher of the system under test: kills its server and starts it again. */
final class Launcher {

  private static final long START_MINUTES = 10;

  private final RunningSystem system;

  Launcher(RunningSystem system) {
    this.system = system;
  }

  /** Ends the application server as a power cut would. */
  void killServer() throws IOException, InterruptedException {
    String pid = Files.readString(system.data().resolve("run/isthmus.pid")).split(" ")[0];
    ProcessHandle server = ProcessHandle.of(Long.parseLong(pid)).orElseThrow();
    server.destroyForcibly();
    server.onExit().join();
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
    // Keycloak's keys are asked for at intervals only, and it was away.
    Await.until(
        Duration.ofMinutes(2),
        "alice is let in",
        () -> system.get(system.api("/caller"), system.token("alice")).statusCode(),
        status -> status == 200);
  }

  private void run(String... command) throws IOException, InterruptedException {
    Path log = Files.createTempFile("isthmus", ".log");
    List<String> words = new ArrayList<>(List.of(command));
    words.add(0, Path.of("..", "isthmus").toAbsolutePath().normalize().toString());
    words.addAll(List.of("--data", system.data().toString()));
    Process launcher =
        new ProcessBuilder(words).redirectErrorStream(true).redirectOutput(log.toFile()).start();
    boolean ended = launcher.waitFor(START_MINUTES, TimeUnit.MINUTES);
    if (!ended) {
      launcher.destroy();
    }
    assertThat(ended && launcher.exitValue() == 0).as(Files.readString(log)).isTrue();
    Files.delete(log);
  }
}
