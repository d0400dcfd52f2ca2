package io.isthmus.domain.template.function;

import static org.assertj.core.api.Assertions.assertThat;

import io.isthmus.domain.template.Values;
import java.util.Map;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.AlphaChars;
import net.jqwik.api.constraints.CharRange;
import net.jqwik.api.constraints.StringLength;
import org.junit.jupiter.api.Test;

/** As in Heat, against whose own code the examples were run. */
class StrReplaceTest {

  @Test
  void prefersLongerPlaceholdersAndLooksAtNothingTwice() {
    assertThat(replace("$ab $a", Map.of("$a", "x", "$ab", "$a"))).isEqualTo("$a x");
    assertThat(replace("aba", Map.of("ab", "b", "ba", "a"))).isEqualTo("ba");
  }

  @Test
  void writesValuesAsPythonDoes() {
    assertThat(Values.python(Values.bool(true))).isEqualTo("True");
    assertThat(Values.python(Values.parse("{\"b\":1,\"a\":[\"é\",null,1.50]}").orElseThrow()))
        .isEqualTo("{\"a\": [\"\\u00e9\", null, 1.5], \"b\": 1}");
    assertThat(Values.python(Values.parse("null").orElseThrow())).isEmpty();
    assertThat(Values.python(Values.parse("1e22").orElseThrow())).isEqualTo("1e+22");
  }

  @Property
  void aTextWithoutPlaceholdersStaysAsItIs(
      @ForAll @CharRange(from = 'a', to = 'f') String text,
      @ForAll @CharRange(from = 'x', to = 'z') @StringLength(min = 1) String placeholder,
      @ForAll String value) {
    assertThat(replace(text, Map.of(placeholder, value))).isEqualTo(text);
  }

  @Property
  void onePlaceholderIsReplacedEverywhere(
      @ForAll @CharRange(from = 'a', to = 'c') String text,
      @ForAll @CharRange(from = 'a', to = 'c') @StringLength(min = 1, max = 2) String placeholder,
      @ForAll @AlphaChars String value) {
    assertThat(replace(text, Map.of(placeholder, value)))
        .isEqualTo(text.replace(placeholder, value));
  }

  private static String replace(String template, Map<String, String> texts) {
    return StrReplace.replace(template, texts).orElseThrow();
  }
}
