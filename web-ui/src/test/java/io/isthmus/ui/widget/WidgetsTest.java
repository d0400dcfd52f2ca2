package io.isthmus.ui.widget;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class WidgetsTest {
  private static final Path SOURCES = Path.of("src/main/widgets");
  private static final Path SERVED = Path.of("src/main/webapp/widgets");

  @Test
  void what_is_served_was_built_from_the_sources_beside_it() throws Exception {
    assertThat(Widgets.inputs())
        .as("hash of src/main/widgets: run ./isthmus test widgets, commit")
        .isEqualTo(fingerprint());
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        SiteMap.NAME,
        Topology.NAME,
        TemplateEditor.NAME,
        CopyButton.NAME,
        Rows.NAME,
        Age.NAME
      })
  void each_component_has_its_file(String component) throws Exception {
    Path file = SERVED.resolve(Widgets.file(component));

    assertThat(file).isRegularFile();
    assertThat(Files.readString(file)).contains("customElements.define(\"" + component + "\"");
  }

  @Test
  void nothing_stale_is_served() throws Exception {
    try (Stream<Path> files = Files.list(SERVED)) {
      assertThat(files.map(file -> file.getFileName().toString()))
          .containsExactlyInAnyOrder(
              "widgets.properties",
              Widgets.file(SiteMap.NAME),
              Widgets.file(Topology.NAME),
              Widgets.file(TemplateEditor.NAME),
              Widgets.file(CopyButton.NAME),
              Widgets.file(Rows.NAME),
              Widgets.file(Age.NAME),
              Widgets.file(Upload.NAME));
    }
  }

  @Test
  void an_unknown_component_is_refused_by_name() {
    assertThatThrownBy(() -> Widgets.file("isthmus-globe"))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("isthmus-globe");
  }

  /** As build.mjs computes it. */
  private static String fingerprint() throws IOException, NoSuchAlgorithmException {
    StringBuilder lines = new StringBuilder();
    for (String path : inputs()) {
      lines.append(path).append(' ').append(sha256(Files.readAllBytes(SOURCES.resolve(path))));
      lines.append('\n');
    }
    return sha256(lines.toString().getBytes(StandardCharsets.UTF_8));
  }

  private static List<String> inputs() throws IOException {
    try (Stream<Path> source = Files.walk(SOURCES.resolve("src"))) {
      return Stream.concat(
              Stream.of(".npmrc", "build.mjs", "package-lock.json", "package.json"),
              source
                  .filter(Files::isRegularFile)
                  .map(file -> SOURCES.relativize(file).toString().replace('\\', '/')))
          .sorted()
          .toList();
    }
  }

  private static String sha256(byte[] bytes) throws NoSuchAlgorithmException {
    return HexFormat.of().formatHex(MessageDigest.getInstance("SHA-256").digest(bytes));
  }
}
