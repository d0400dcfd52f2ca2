package io.isthmus.ui.shell;

import static org.assertj.core.api.Assertions.assertThat;

import io.isthmus.domain.cloud.CloudHealth;
import io.isthmus.domain.stack.StackHealth;
import io.isthmus.ui.widget.Mark;
import java.io.IOException;
import java.io.Reader;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.text.Format;
import java.text.MessageFormat;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Properties;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

class MessagesTest {

  private static final Path SOURCES = Path.of("src/main/java");
  private static final Pattern KEY =
      Pattern.compile("\"((?:[a-z]+(?:-[a-z]+)*)\\.[a-z][a-zA-Z-]*(?:\\.[a-z-]+)*)\"");

  private final Messages messages = new Messages();

  private static Properties bundle(String suffix) {
    Properties properties = new Properties();
    try (Reader in =
        Files.newBufferedReader(
            Path.of("src/main/resources/io/isthmus/ui/shell/messages" + suffix + ".properties"),
            StandardCharsets.UTF_8)) {
      properties.load(in);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    return properties;
  }

  @Test
  void saysEverythingInBothLanguages() {
    assertThat(bundle("_fr").stringPropertyNames())
        .containsExactlyInAnyOrderElementsOf(bundle("").stringPropertyNames());
  }

  @Test
  void takesTheSameArgumentsInBothLanguages() {
    Properties french = bundle("_fr");
    bundle("")
        .forEach(
            (key, pattern) ->
                assertThat(arguments(french.getProperty((String) key)))
                    .as("arguments of " + key)
                    .isEqualTo(arguments((String) pattern)));
  }

  private static List<Boolean> arguments(String pattern) {
    List<Boolean> used = new ArrayList<>();
    for (Format format : new MessageFormat(pattern, Locale.ENGLISH).getFormatsByArgumentIndex()) {
      used.add(format != null);
    }
    return used;
  }

  @Test
  void knowsEveryKeyThatThePagesAskFor() throws IOException {
    Properties english = bundle("");
    List<String> prefixes =
        english.stringPropertyNames().stream()
            .map(key -> key.substring(0, key.indexOf('.') + 1))
            .distinct()
            .toList();
    List<String> missing = new ArrayList<>();
    try (Stream<Path> files = Files.walk(SOURCES)) {
      for (Path file : files.filter(path -> path.toString().endsWith(".java")).toList()) {
        Matcher keys = KEY.matcher(Files.readString(file));
        while (keys.find()) {
          String key = keys.group(1);
          if (prefixes.stream().anyMatch(key::startsWith) && !isElsewhere(key)) {
            if (!english.containsKey(key)) {
              missing.add(file.getFileName() + ": " + key);
            }
          }
        }
      }
    }
    assertThat(missing).isEmpty();
  }

  /**
   * Keys of the domain's phrases are looked up there; one that is put together is only a beginning;
   * the browser's events look like keys.
   */
  private static boolean isElsewhere(String key) {
    return key.startsWith("fault.")
        || key.startsWith("tenant.")
        || key.endsWith("-")
        || key.startsWith("event.detail.");
  }

  @Test
  void knowsTheKeysThatArePutTogether() {
    Properties english = bundle("");
    for (String step : List.of("template", "parameters", "policy", "plan")) {
      assertThat(english)
          .containsKeys("new.step-" + step, "new.sentence-" + step, "new.go-to-" + step);
    }
    for (StackHealth.State state : StackHealth.State.values()) {
      assertThat(english).containsKey("health." + state);
    }
    for (CloudHealth.State state : CloudHealth.State.values()) {
      assertThat(english).containsKey("cloud-health." + state);
    }
    for (Mark mark : Mark.values()) {
      assertThat(english).containsKey("mark." + mark);
    }
  }

  @Test
  void speaksFrenchWithFrenchPlurals() {
    assertThat(messages.getTranslation("list.count", Locale.FRENCH, 0)).isEqualTo("aucune ligne");
    assertThat(messages.getTranslation("list.count", Locale.FRENCH, 2)).isEqualTo("2 lignes");
    assertThat(messages.getTranslation("list.count", Locale.ENGLISH, 1)).isEqualTo("1 entry");
  }

  @Test
  void endsNoFrenchLineBeforeAMark() {
    assertThat(messages.getTranslation("new.name-taken", Locale.FRENCH, "a ; b"))
        .isEqualTo("Ce projet a déjà une stack «\u00a0a ; b\u00a0».");
    assertThat(messages.getTranslation("report.fact", Locale.ENGLISH, "a", "b")).isEqualTo("a: b");
  }

  @Test
  void speaksEnglishToReadersOfOtherLanguages() {
    assertThat(Messages.nearest(Locale.GERMAN)).isEqualTo(Locale.ENGLISH);
    assertThat(Messages.nearest(Locale.CANADA_FRENCH)).isEqualTo(Locale.FRENCH);
  }
}
