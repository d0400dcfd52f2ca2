package io.isthmus.ui.stack;

import static org.assertj.core.api.Assertions.assertThat;

import io.isthmus.domain.placement.PlanId;
import io.isthmus.domain.stack.StackSources;
import io.isthmus.domain.template.TemplateSource;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.UUID;
import java.util.zip.ZipEntry;
import java.util.zip.ZipInputStream;
import org.junit.jupiter.api.Test;

/** A stack's sources leave in one archive that can be unpacked anywhere without harm. */
class StackExportTest {

  private static final PlanId PLAN = new PlanId(UUID.randomUUID());

  @Test
  void holdsTemplatePolicyAndFilesWordForWord() throws IOException {
    assertThat(
            unpacked(
                new StackSources(
                    new TemplateSource("heat: é\n", Map.of("boot/init.sh", "#!/bin/sh\n")),
                    "rules: []\n",
                    PLAN)))
        .containsExactly(
            Map.entry("template.yaml", "heat: é\n"),
            Map.entry("policy.yaml", "rules: []\n"),
            Map.entry("boot/init.sh", "#!/bin/sh\n"));
  }

  @Test
  void leavesOutAPolicyThatThereWasNot() throws IOException {
    assertThat(unpacked(new StackSources(TemplateSource.of("t"), "", PLAN)))
        .containsOnlyKeys("template.yaml");
  }

  @Test
  void holdsTheEnvironment() throws IOException {
    TemplateSource template = new TemplateSource("t", Map.of("tier.yaml", "n"));
    assertThat(unpacked(new StackSources(template, "", PLAN), "parameters:\n  a: 1\n"))
        .containsExactly(
            Map.entry("template.yaml", "t"),
            Map.entry("environment.yaml", "parameters:\n  a: 1\n"),
            Map.entry("tier.yaml", "n"));
  }

  @Test
  void keepsEveryFileBelowItsFolder() throws IOException {
    Map<String, String> files =
        Map.of("../../etc/passwd", "a", "/etc/passwd", "b", "..", "c", "file:///x y", "d");
    assertThat(unpacked(new StackSources(new TemplateSource("t", files), "", PLAN)))
        .hasSize(5)
        .allSatisfy(
            (name, text) -> assertThat(name).doesNotContain("..", "//").doesNotStartWith("/"));
  }

  @Test
  void letsAFileKeepTheNameByWhichTheTemplateKnowsIt() throws IOException {
    TemplateSource template = new TemplateSource("t", Map.of("template.yaml", "n"));
    assertThat(unpacked(new StackSources(template, "", PLAN)))
        .containsExactly(Map.entry("template.yaml-2", "t"), Map.entry("template.yaml", "n"));
  }

  private static Map<String, String> unpacked(StackSources sources) throws IOException {
    return unpacked(sources, "");
  }

  private static Map<String, String> unpacked(StackSources sources, String environment)
      throws IOException {
    Map<String, String> entries = new LinkedHashMap<>();
    try (ZipInputStream zip =
        new ZipInputStream(new ByteArrayInputStream(StackExport.zip(sources, environment)))) {
      for (ZipEntry entry = zip.getNextEntry(); entry != null; entry = zip.getNextEntry()) {
        entries.put(entry.getName(), new String(zip.readAllBytes(), StandardCharsets.UTF_8));
      }
    }
    return entries;
  }
}
