package io.isthmus.itests.fault;

import static org.assertj.core.api.Assertions.assertThat;

import io.isthmus.itests.Await;
import io.isthmus.itests.RunningSystem;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
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

  /** Starts everything again; returns when all is healthy and people are let in. */
  void start() throws Exception {
    Path log = Files.createTempFile("isthmus", ".log");
    Process launcher =
        new ProcessBuilder(
                Path.of("..", "isthmus").toAbsolutePath().normalize().toString(),
                "run",
                "--data",
                system.data().toString(),
                "--no-sample",
                "--detach")
            .redirectErrorStream(true)
            .redirectOutput(log.toFile())
            .start();
    boolean ended = launcher.waitFor(START_MINUTES, TimeUnit.MINUTES);
    if (!ended) {
      launcher.destroy();
    }
    assertThat(ended && launcher.exitValue() == 0).as(Files.readString(log)).isTrue();
    Files.delete(log);
    // Keycloak's keys are asked for at intervals only, and it was away.
    Await.until(
        Duration.ofMinutes(2),
        "alice is let in",
        () -> system.get(system.api("/caller"), system.token("alice")).statusCode(),
        status -> status == 200);
  }
}
