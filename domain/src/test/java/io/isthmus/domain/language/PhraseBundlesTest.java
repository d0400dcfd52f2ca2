package io.isthmus.domain.language;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.Reader;
import java.nio.file.Files;
import java.nio.file.Path;
import java.text.MessageFormat;
import java.util.Locale;
import java.util.Properties;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Every capability's words exist in both languages and use the same arguments. */
class PhraseBundlesTest {

  static Stream<Path> englishBundles() throws IOException {
    return Files.walk(Path.of("src/main/resources/io/isthmus/domain"))
        .filter(path -> path.getFileName().toString().equals("phrases.properties"));
  }

  @ParameterizedTest
  @MethodSource("englishBundles")
  void isWholeInFrench(Path english) throws IOException {
    Properties en = load(english);
    Properties fr = load(english.resolveSibling("phrases_fr.properties"));
    assertThat(fr.stringPropertyNames())
        .containsExactlyInAnyOrderElementsOf(en.stringPropertyNames());
    for (String key : en.stringPropertyNames()) {
      assertThat(arguments(fr.getProperty(key)))
          .as("arguments of " + key)
          .isEqualTo(arguments(en.getProperty(key)));
    }
  }

  @ParameterizedTest
  @MethodSource("englishBundles")
  void hasKeysThatBeginWithTheirCapability(Path english) throws IOException {
    String capability = english.getParent().getFileName().toString();
    assertThat(load(english).stringPropertyNames())
        .allMatch(key -> key.startsWith(capability + "."));
  }

  @Test
  void areAllSearched() throws IOException {
    assertThat(englishBundles().map(path -> path.getParent().getFileName().toString()).toList())
        .containsExactlyInAnyOrderElementsOf(Phrases.CAPABILITIES);
  }

  private static long arguments(String pattern) {
    return Stream.of(new MessageFormat(pattern, Locale.ROOT).getFormatsByArgumentIndex()).count();
  }

  private static Properties load(Path path) throws IOException {
    Properties properties = new Properties();
    try (Reader reader = Files.newBufferedReader(path)) {
      properties.load(reader);
    }
    return properties;
  }
}
