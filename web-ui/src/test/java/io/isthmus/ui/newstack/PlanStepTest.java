package io.isthmus.ui.newstack;

import static org.assertj.core.api.Assertions.assertThat;

import io.isthmus.domain.placement.Hindrance;
import java.util.Set;
import org.junit.jupiter.api.Test;

class PlanStepTest {

  @Test
  void leadsToThePolicyFirstWhenARuleStandsInTheWay() {
    assertThat(PlanStep.ways(Set.of(Hindrance.POLICY, Hindrance.QUOTA)))
        .containsExactly(Step.POLICY, Step.PARAMETERS);
  }

  @Test
  void leadsFirstToWhatIsAskedWhenNoRuleStandsInTheWay() {
    assertThat(PlanStep.ways(Set.of(Hindrance.FLAVOR, Hindrance.SILENT)))
        .containsExactly(Step.PARAMETERS, Step.TEMPLATE, Step.POLICY);
    assertThat(PlanStep.ways(Set.of(Hindrance.QUOTA))).startsWith(Step.PARAMETERS);
  }
}
