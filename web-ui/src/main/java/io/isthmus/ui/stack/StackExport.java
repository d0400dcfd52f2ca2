package io.isthmus.ui.stack;

import io.isthmus.domain.stack.StackSources;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Collectors;
import java.util.zip.ZipEntry;
import java.util.zip.ZipOutputStream;

/**
 * What a stack was made from as one archive: {@code template.yaml}, {@code policy.yaml} where there
 * was one, {@code environment.yaml} with parameters that are not hidden and what type names stand
 * for, and what {@code get_file} asked for and nested templates, each where the template looks for
 * it: {@code openstack stack create -t template.yaml} finds them.
 */
final class StackExport {

  private StackExport() {}

  /**
   * @param environment text of the environment; empty for none
   */
  static byte[] zip(StackSources sources, String environment) {
    // Files have the first choice: the template names them, and nothing names the template.
    Map<String, String> files = new LinkedHashMap<>();
    new TreeMap<>(sources.template().files())
        .forEach((name, text) -> files.put(free(inside(name), files), text));
    Map<String, String> entries = new LinkedHashMap<>();
    entries.put(free("template.yaml", files), sources.template().text());
    if (!environment.isEmpty()) {
      entries.put(free("environment.yaml", files), environment);
    }
    if (!sources.policy().isBlank()) {
      entries.put(free("policy.yaml", files), sources.policy());
    }
    entries.putAll(files);
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    try (ZipOutputStream zip = new ZipOutputStream(bytes, StandardCharsets.UTF_8)) {
      for (Map.Entry<String, String> entry : entries.entrySet()) {
        zip.putNextEntry(new ZipEntry(entry.getKey()));
        zip.write(entry.getValue().getBytes(StandardCharsets.UTF_8));
        zip.closeEntry();
      }
    } catch (IOException e) {
      // In memory nothing can be missing or full.
      throw new UncheckedIOException(e);
    }
    return bytes.toByteArray();
  }

  /** A path that stays below the archive's folder wherever it is unpacked. */
  private static String inside(String name) {
    String path =
        Arrays.stream(name.replaceAll("[^\\p{L}\\p{N}._/-]", "_").split("/"))
            .filter(step -> !step.isEmpty() && !step.matches("\\.+"))
            .collect(Collectors.joining("/"));
    return path.isEmpty() ? "file" : path;
  }

  private static String free(String path, Map<String, String> taken) {
    String candidate = path;
    for (int i = 2; taken.containsKey(candidate); i++) {
      candidate = path + "-" + i;
    }
    return candidate;
  }
}
