package io.isthmus.ui.newstack;

import static org.assertj.core.api.Assertions.assertThat;

import io.isthmus.domain.placement.Hindrance;
import java.util.Set;
import org.junit.jupiter.api.Test;

class PlanStepTest {

  @Test
  void leadsToThePolicyFirstWhenARuleStandsInTheWay() {
    assertThat(PlanStep.ways(Set.of(Hindrance.POLICY, Hindrance.QUOTA), true))
        .containsExactly(Step.POLICY, Step.PARAMETERS, Step.TEMPLATE);
  }

  @Test
  void leadsFirstToWhatIsAskedWhenNoRuleStandsInTheWay() {
    assertThat(PlanStep.ways(Set.of(Hindrance.FLAVOR, Hindrance.SILENT), true))
        .containsExactly(Step.PARAMETERS, Step.TEMPLATE, Step.POLICY);
    assertThat(PlanStep.ways(Set.of(Hindrance.QUOTA), true)).startsWith(Step.PARAMETERS);
  }

  @Test
  void doesNotLeadToParametersThatTheTemplateDoesNotHave() {
    assertThat(PlanStep.ways(Set.of(Hindrance.FLAVOR), false))
        .containsExactly(Step.TEMPLATE, Step.POLICY);
  }
}
