package io.isthmus.domain.sample;

import static org.assertj.core.api.Assertions.assertThat;

import io.isthmus.domain.template.HotParser;
import io.isthmus.domain.template.HotTemplate;
import io.isthmus.domain.template.ParameterDefinition;
import io.isthmus.domain.template.ParameterGroup;
import java.util.List;
import java.util.Locale;
import org.junit.jupiter.api.Test;

class SampleWordsTest {

  private static ParameterDefinition french(String sample, ParameterDefinition parameter) {
    return new SampleWords(sample, Locale.FRENCH).parameter(parameter);
  }

  private static List<ParameterDefinition> parameters(Sample sample) {
    return new HotParser().parse(sample.template()).parameters();
  }

  @Test
  void speaksFrenchOfEveryParameterOfEverySample() {
    for (Sample sample : new Samples().list()) {
      for (ParameterDefinition parameter : parameters(sample)) {
        ParameterDefinition french = french(sample.name(), parameter);
        String at = sample.name() + "/" + parameter.name();

        if (!parameter.label().equals(java.util.Optional.of("Image"))) {
          assertThat(french.label()).as(at).isPresent().isNotEqualTo(parameter.label());
        }
        if (!parameter.description().isBlank()) {
          assertThat(french.description()).as(at).isNotEqualTo(parameter.description());
        }
        assertThat(new SampleWords(sample.name(), Locale.ENGLISH).parameter(parameter).label())
            .isEqualTo(parameter.label());
      }
    }
  }

  @Test
  void speaksFrenchOfEveryTemplateAndOfTheGroupsInIt() {
    for (Sample sample : new Samples().list()) {
      HotTemplate template = new HotParser().parse(sample.template());
      SampleWords french = new SampleWords(sample.name(), Locale.FRENCH);

      assertThat(french.description(template.description()))
          .as(sample.name())
          .isNotEqualTo(template.description());
      for (ParameterGroup group : template.parameterGroups()) {
        ParameterGroup told = french.group(group);
        String at = sample.name() + "/" + group.label();

        assertThat(told.label()).as(at).isNotEqualTo(group.label());
        assertThat(told.parameters()).as(at).isEqualTo(group.parameters());
        if (!group.description().isBlank()) {
          assertThat(told.description()).as(at).isNotEqualTo(group.description());
        }
      }
    }
  }

  @Test
  void leavesWhatSomebodyHasWritten() {
    ParameterDefinition count = parameters(new Samples().require("shop")).get(0);

    assertThat(french("shop", count).label()).contains("Serveurs web");
    assertThat(french("", count)).isEqualTo(count);
    assertThat(french("one-server", count)).isEqualTo(count);
  }
}
