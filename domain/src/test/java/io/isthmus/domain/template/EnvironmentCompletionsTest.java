package io.isthmus.domain.template;

import static org.assertj.core.api.Assertions.assertThat;

import io.isthmus.domain.yaml.Suggestion;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class EnvironmentCompletionsTest {

  private static final TemplateSource TEMPLATE =
      new TemplateSource(
          "parameters:\n  count: {type: number}\n  zone: {type: string}\nresources:\n  a:\n",
          Map.of("tier.yaml", "parameters:\n  disk: {type: string}\n  zone: {type: string}\n"));

  private static List<String> at(String text) {
    String[] lines = text.split("\n", -1);
    return EnvironmentCompletions.at(text, lines.length, lines[lines.length - 1].length(), TEMPLATE)
        .stream()
        .map(Suggestion::label)
        .toList();
  }

  @Test
  void offersSectionsThatAreNotThere() {
    assertThat(at("parameters:\n  count: 1\n"))
        .containsExactly("parameter_defaults", "resource_registry");
  }

  @Test
  void offersTheTemplatesParametersThatAreNotGiven() {
    assertThat(at("parameters:\n  count: 1\n  ")).containsExactly("zone");
  }

  @Test
  void offersNestedTemplatesParametersAmongDefaults() {
    assertThat(at("parameter_defaults:\n  ")).containsExactly("count", "zone", "disk");
  }

  @Test
  void offersFilesAndTypesForATypesName() {
    assertThat(at("resource_registry:\n  My::Tier: "))
        .startsWith("tier.yaml")
        .contains("OS::Nova::Server");
  }
}
