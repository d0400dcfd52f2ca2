package io.isthmus.itests.fault;

import static org.assertj.core.api.Assertions.assertThat;

import io.isthmus.itests.Await;
import io.isthmus.itests.RunningSystem;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.TimeUnit;

/** The launcher of the system under test: kills its server and starts it again. */
final class Launcher {

  private static final long START_MINUTES = 10;

  private final RunningSystem system;

  Launcher(RunningSystem system) {
    this.system = system;
  }

  /** Ends the application server as a power cut would. */
  void killServer() throws IOException {
    kill("isthmus");
  }

  /** The same with the database, and all of its processes. */
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

  /** Whether both run that are killed here. */
  boolean allRun() throws IOException {
    return isRunning("isthmus") && isRunning("postgres");
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
