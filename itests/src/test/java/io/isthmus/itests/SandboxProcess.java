package io.isthmus.itests;

import java.io.BufferedReader;
import java.io.IOException;
import java.net.ServerSocket;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** The sandbox as users run it: its jar, in a process of its own. */
public final class SandboxProcess implements AutoCloseable {
  private static final Pattern CONTROL = Pattern.compile("control=(\\S+)/_sandbox");

  private final Process process;
  private final URI control;

  private SandboxProcess(Process process, URI control) {
    this.process = process;
    this.control = control;
  }

  /**
   * Starts it with the built-in federation and waits until it says that it is ready.
   *
   * @param cloudsYaml where it writes its clouds.yaml
   */
  public static SandboxProcess start(Path cloudsYaml) throws IOException {
    return start(cloudsYaml, List.of());
  }

  /**
   * The same with a federation of one's own.
   *
   * @param federation a file of at most three clouds
   */
  public static SandboxProcess start(Path cloudsYaml, Path federation) throws IOException {
    return start(cloudsYaml, List.of("--federation", federation.toString()));
  }

  private static SandboxProcess start(Path cloudsYaml, List<String> options) throws IOException {
    Path jar =
        Path.of(System.getProperty("isthmus.sandbox.jar", "../sandbox/target/isthmus-sandbox.jar"));
    if (!Files.exists(jar)) {
      throw new IOException(
          jar.toAbsolutePath() + " is missing: build it with mvn -pl sandbox package");
    }
    Path java = Path.of(System.getProperty("java.home"), "bin", "java");
    List<String> command =
        new ArrayList<>(
            List.of(
                java.toString(),
                "-jar",
                jar.toString(),
                "--base-port",
                String.valueOf(freeBasePort()),
                "--clouds-yaml",
                cloudsYaml.toString()));
    command.addAll(options);
    Process process = new ProcessBuilder(command).redirectErrorStream(true).start();
    BufferedReader lines = process.inputReader(StandardCharsets.UTF_8);
    StringBuilder told = new StringBuilder();
    for (String line = lines.readLine(); line != null; line = lines.readLine()) {
      if (line.startsWith("sandbox ready")) {
        Matcher control = CONTROL.matcher(line);
        if (!control.find()) {
          throw new IOException("the sandbox tells no control address: " + line);
        }
        return new SandboxProcess(process, URI.create(control.group(1)));
      }
      told.append(line).append('\n');
    }
    throw new IOException("the sandbox did not start:\n" + told);
  }

  /** Where its weather is made. */
  public URI control() {
    return control;
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
