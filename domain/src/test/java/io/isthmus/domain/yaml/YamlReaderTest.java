package io.isthmus.domain.yaml;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.isthmus.domain.fault.FaultCode;
import io.isthmus.domain.fault.FederationFault;
import java.util.Locale;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class YamlReaderTest {

  private final YamlReader reader = new YamlReader(FaultCode.TEMPLATE_INVALID);

  @Test
  void keepsThePlaceOfEachKeyAndValue() {
    YamlNode.Mapping root = (YamlNode.Mapping) reader.read("a: 1\nb:\n  - x\n  - yes\n");
    YamlNode.Entry b = root.entries().get("b");
    assertThat(b.line()).isEqualTo(2);
    YamlNode.Sequence list = (YamlNode.Sequence) b.value();
    assertThat(list.items().get(1).line()).isEqualTo(4);
    assertThat(((YamlNode.Scalar) list.items().get(1)).isTrue()).isTrue();
  }

  @Test
  void takesADateForText() {
    YamlNode.Mapping root = (YamlNode.Mapping) reader.read("heat_template_version: 2013-05-23");
    YamlNode.Scalar version = (YamlNode.Scalar) root.find("heat_template_version").orElseThrow();
    assertThat(version.type()).isEqualTo(YamlNode.Scalar.Type.TEXT);
    assertThat(version.text()).isEqualTo("2013-05-23");
  }

  @Test
  void refusesAnAliasBombBeforeItGrows() {
    StringBuilder bomb = new StringBuilder("a0: &a0 [x, x]\n");
    for (int i = 1; i < 60; i++) {
      bomb.append("a%d: &a%d [*a%d, *a%d]\n".formatted(i, i, i - 1, i - 1));
    }
    assertThatThrownBy(() -> reader.read(bomb.toString()))
        .isInstanceOf(FederationFault.class)
        .hasMessageContaining("aliases expanded");
  }

  @Test
  void refusesDeepNesting() {
    assertThatThrownBy(() -> reader.read("[".repeat(5000) + "]".repeat(5000)))
        .isInstanceOf(FederationFault.class);
  }

  @Test
  void refusesAValueThatContainsItself() {
    assertThatThrownBy(() -> reader.read("a: &a [*a]"))
        .isInstanceOf(FederationFault.class)
        .hasMessageContaining("contain itself");
  }

  @Test
  void refusesATextThatIsTooLarge() {
    assertThatThrownBy(() -> reader.read("a: " + "x".repeat(513 * 1024)))
        .isInstanceOfSatisfying(
            FederationFault.class,
            fault -> assertThat(fault.code()).isEqualTo(FaultCode.TOO_LARGE));
  }

  @Test
  void namesBothPlacesOfADuplicateKey() {
    assertThatThrownBy(() -> reader.read("a: 1\nb: 2\na: 3\n"))
        .isInstanceOfSatisfying(
            FederationFault.class,
            fault -> {
              assertThat(fault.violations().get(0).line()).isEqualTo(3);
              assertThat(fault.phrase().in(Locale.ENGLISH)).contains("line 1");
              assertThat(fault.phrase().in(Locale.FRENCH)).contains("ligne 1");
            });
  }

  @Test
  void refusesTagsThatMakeObjects() {
    assertThatThrownBy(() -> reader.read("a: !!java.net.URL [\"http://x\"]"))
        .isInstanceOf(FederationFault.class);
  }

  @Test
  void mergesMapsWithoutOverridingOwnKeys() {
    YamlNode.Mapping root =
        (YamlNode.Mapping) reader.read("base: &b {x: 1, y: 2}\nown: {<<: *b, x: 3}\n");
    YamlNode.Mapping own = (YamlNode.Mapping) root.find("own").orElseThrow();
    assertThat(((YamlNode.Scalar) own.find("x").orElseThrow()).text()).isEqualTo("3");
    assertThat(((YamlNode.Scalar) own.find("y").orElseThrow()).text()).isEqualTo("2");
  }

  @Test
  void tellsWhereMalformedTextBreaks() {
    assertThatThrownBy(() -> reader.read("a: 1\nb: [1, 2\nc: 3\n"))
        .isInstanceOfSatisfying(
            FederationFault.class,
            fault -> assertThat(fault.violations().get(0).line()).isEqualTo(3));
  }

  /** Lines are parted by |, and T is a tab. */
  @ParameterizedTest(name = "{0}")
  @CsvSource(
      delimiter = ';',
      value = {
        "a: b: c; 1; yaml.value-here",
        "a: [x; 1; yaml.list-open",
        "a: [x|b: 1; 2; yaml.list-open",
        "a: {x: 1|b: 2; 2; yaml.map-open",
        "a:|  b: 1| c: 2; 3; yaml.indentation",
        "a: 1|b|c: 2; 3; yaml.no-colon",
        "a:|Tb: 1; 2; yaml.tab",
        "a: @x; 1; yaml.character",
        "a: 'x|b: 1; 2; yaml.quote-open",
        "a: \"\\q\"; 1; yaml.escape",
        "a: *gone; 1; yaml.no-anchor",
        "a: - b; 1; yaml.item-here",
        "a: 1|---|b: 2; 2; yaml.second",
      })
  void saysInOwnWordsWhatIsMalformed(String text, int line, String key) {
    String yaml = text.replace('|', '\n').replace('T', '\t');
    assertThatThrownBy(() -> reader.read(yaml))
        .isInstanceOfSatisfying(
            FederationFault.class,
            fault -> {
              assertThat(fault.phrase().key()).isEqualTo(key);
              assertThat(fault.violations().get(0).line()).isGreaterThanOrEqualTo(line);
              String remedy = fault.violations().get(0).remedy().orElseThrow().in(Locale.FRENCH);
              assertThat(remedy)
                  .isNotEqualTo(fault.violations().get(0).remedy().get().in(Locale.ENGLISH));
            });
  }

  @Test
  void saysHowDeepIsTooDeep() {
    assertThatThrownBy(() -> reader.read("a: " + "[".repeat(200) + "]".repeat(200)))
        .hasMessageContaining("100 levels");
  }
}
