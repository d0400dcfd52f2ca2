package io.isthmus.itests.clients;

import java.io.BufferedReader;
import java.io.IOException;
import java.net.ServerSocket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.TimeUnit;

/** The sandbox as users run it: its jar, in a process of its own. */
final class SandboxProcess implements AutoCloseable {
  private final Process process;

  private SandboxProcess(Process process) {
    this.process = process;
  }

  /**
   * Starts it with the built-in federation and waits until it says that it is ready.
   *
   * @param cloudsYaml where it writes its clouds.yaml
   */
  static SandboxProcess start(Path cloudsYaml) throws IOException {
    Path jar =
        Path.of(System.getProperty("isthmus.sandbox.jar", "../sandbox/target/isthmus-sandbox.jar"));
    if (!Files.exists(jar)) {
      throw new IOException(
          jar.toAbsolutePath() + " is missing: build it with mvn -pl sandbox package");
    }
    Path java = Path.of(System.getProperty("java.home"), "bin", "java");
    Process process =
        new ProcessBuilder(
                List.of(
                    java.toString(),
                    "-jar",
                    jar.toString(),
                    "--base-port",
                    String.valueOf(freeBasePort()),
                    "--clouds-yaml",
                    cloudsYaml.toString()))
            .redirectErrorStream(true)
            .start();
    BufferedReader lines = process.inputReader(StandardCharsets.UTF_8);
    StringBuilder told = new StringBuilder();
    for (String line = lines.readLine(); line != null; line = lines.readLine()) {
      if (line.startsWith("sandbox ready")) {
        return new SandboxProcess(process);
      }
      told.append(line).append('\n');
    }
    throw new IOException("the sandbox did not start:\n" + told);
  }

  /** A base port with room for three clouds and the control port. */
  private static int freeBasePort() throws IOException {
    for (int base = 20000; base < 60000; base += 100) {
      if (free(base) && free(base + 1) && free(base + 2) && free(base + 90)) {
        return base;
      }
    }
    throw new IOException("no free ports between 20000 and 60000");
  }

  private static boolean free(int port) {
    try (ServerSocket socket = new ServerSocket(port)) {
      return socket.isBound();
    } catch (IOException taken) {
      return false;
    }
  }

  @Override
  public void close() throws InterruptedException {
    process.destroy();
    if (!process.waitFor(15, TimeUnit.SECONDS)) {
      process.destroyForcibly();
    }
  }
}
