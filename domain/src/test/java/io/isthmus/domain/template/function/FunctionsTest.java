package io.isthmus.domain.template.function;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.isthmus.domain.fault.FederationFault;
import io.isthmus.domain.template.HotParser;
import io.isthmus.domain.template.HotTemplate;
import io.isthmus.domain.template.PseudoParameters;
import io.isthmus.domain.template.References;
import io.isthmus.domain.template.TemplateSource;
import io.isthmus.domain.template.Values;
import jakarta.json.JsonValue;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.AlphaChars;
import net.jqwik.api.constraints.Size;
import net.jqwik.api.constraints.StringLength;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** As Heat's template guide has them. */
class FunctionsTest {

  @ParameterizedTest
  @CsvSource(
      delimiter = ';',
      value = {
        "{repeat: {template: '%a%-x', for_each: {'%a%': [1, b, true]}}}; [\"1-x\",\"b-x\",\"True-x\"]",
        "{repeat: {template: '%a%%b%', for_each: {'%a%': [a, b], '%b%': [c, d]}}}; [\"ac\",\"ad\",\"bc\",\"bd\"]",
        "{repeat: {template: '%a%%b%', for_each: {'%a%': [a, b], '%b%': [c, d]}, permutations: false}}; [\"ac\",\"bd\"]",
        "{repeat: {template: {'k-%a%': ['%a%', 1]}, for_each: {'%a%': [b]}}}; [{\"k-b\":[\"b\",1]}]",
        "{repeat: {template: '%a%', for_each: {'%a%': {k: v, l: w}}}}; [\"k\",\"l\"]",
        "{repeat: {template: '%a%', for_each: {'%a%': []}}}; []",
        "{repeat: {template: '%a%', for_each: {'%a%': null}}}; []",
        "{repeat: {template: '%a%', for_each: {'%a%': {str_split: [',', 'x,y']}}}}; [\"x\",\"y\"]",
        "{digest: [md5, foo]}; \"acbd18db4cc2f85cedef654fccc4a4d8\"",
        "{digest: [SHA1, '']}; \"da39a3ee5e6b4b0d3255bfef95601890afd80709\"",
        "{str_split: [',', 'a,b,,c']}; [\"a\",\"b\",\"\",\"c\"]",
        "{str_split: [', ', 'a, b', 1]}; \"b\"",
        "{str_split: [',', 'a,b', '-1']}; \"b\"",
        "{str_split: [',', null]}; null",
        "{map_merge: [{k1: v1, k2: v2}, {k1: v2}, null]}; {\"k1\":\"v2\",\"k2\":\"v2\"}",
        "{map_merge: []}; {}",
        "{list_concat: [[a, b], null, [b, {c: d}]]}; [\"a\",\"b\",\"b\",{\"c\":\"d\"}]",
        "{list_concat_unique: [[a, b], [b, {c: d}], [{c: d}]]}; [\"a\",\"b\",{\"c\":\"d\"}]",
      })
  void yieldsWhatHeatYields(String expression, String value) {
    assertThat(evaluate(expression)).hasToString(value);
  }

  @Test
  void digestsWithEveryAlgorithmItNames() {
    for (String name : List.of("sha224", "sha256", "sha384", "sha512", "sha3_256")) {
      int bits = Integer.parseInt(name.substring(name.length() - 3));
      String digest = Values.python(evaluate("{digest: [" + name + ", a]}"));
      assertThat(digest).hasSize(bits / 4).matches("[0-9a-f]+");
    }
  }

  @Test
  void whatGrowsTooLargeIsRefused() {
    String ten = "[0, 1, 2, 3, 4, 5, 6, 7, 8, 9]";
    StringBuilder forEach = new StringBuilder();
    for (char c = 'a'; c < 'k'; c++) {
      forEach.append("'%").append(c).append("%': ").append(ten).append(", ");
    }
    assertThatThrownBy(
            () -> evaluate("{repeat: {template: x, for_each: {" + forEach + "'%z%': [1]}}}"))
        .isInstanceOfSatisfying(
            FederationFault.class,
            fault ->
                assertThat(fault.violations())
                    .isNotEmpty()
                    .allSatisfy(
                        violation ->
                            assertThat(violation.message().in(Locale.ENGLISH)).contains("MiB")));
  }

  @Property(tries = 100)
  void splittingAndJoiningAreOpposites(
      @ForAll @Size(min = 1, max = 8) List<@AlphaChars @StringLength(max = 5) String> parts) {
    String text = String.join("-", parts);
    assertThat(
            evaluate("{list_join: ['-', {str_split: ['-', {list_join: ['', ['" + text + "']]}]}]}"))
        .isEqualTo(Values.text(text));
  }

  @Property(tries = 100)
  void repeatingOverTwoListsCombinesEachWithEach(
      @ForAll @Size(min = 1, max = 6) List<@AlphaChars @StringLength(min = 1, max = 3) String> a,
      @ForAll @Size(min = 1, max = 6) List<@AlphaChars @StringLength(min = 1, max = 3) String> b) {
    JsonValue value =
        evaluate(
            "{repeat: {template: '<1>/<2>', for_each: {<1>: ['%s'], <2>: ['%s']}}}"
                .formatted(String.join("', '", a), String.join("', '", b)));
    List<String> expected =
        a.stream().flatMap(one -> b.stream().map(other -> one + "/" + other)).toList();
    assertThat(value.asJsonArray().stream().map(Values::python)).isEqualTo(expected);
  }

  private static JsonValue evaluate(String expression) {
    HotTemplate template =
        new HotParser()
            .parse(
                TemplateSource.of(
                    "heat_template_version: 2018-08-31\noutputs: {o: {value: "
                        + expression
                        + "}}\nresources: {v: {type: OS::Heat::Value, properties: {value: "
                        + expression
                        + "}}}"));
    return template
        .graph(template.bind(Map.of(), new PseudoParameters("s", "i", "p")))
        .output("o", References.NONE)
        .orElseThrow();
  }
}
