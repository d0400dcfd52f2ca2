package io.isthmus.ui.newstack;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.isthmus.domain.access.ProjectId;
import io.isthmus.domain.fault.FederationFault;
import io.isthmus.domain.sample.Samples;
import jakarta.json.Json;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class DraftTest {

  private static final ProjectId PROJECT = new ProjectId("acme", "demo");

  private final Draft draft = new Draft("d1");

  @Test
  void keepsTheNameThatWasTypedWhenASampleIsTaken() {
    draft.setName(" mine ");
    draft.take(new Samples().require("shop"));
    assertThat(draft.name()).isEqualTo("mine");
  }

  @Test
  void asksWithWhatWasEnteredAndLeavesDefaultsToTheTemplate() {
    draft.take(new Samples().require("shop"));
    draft.setParameter("web_count", Optional.of("5"));
    draft.setParameter("gone", Optional.of("of another template"));
    assertThat(draft.question(PROJECT, draft.read()).parameters())
        .isEqualTo(Json.createObjectBuilder().add("web_count", "5").build());
  }

  @Test
  void findsFaultWithParametersBeforePlanning() {
    draft.take(new Samples().require("shop"));
    draft.setParameter("web_count", Optional.of("many"));
    assertThatThrownBy(() -> draft.check(PROJECT, draft.read()))
        .isInstanceOfSatisfying(
            FederationFault.class,
            fault ->
                assertThat(fault.violations())
                    .extracting(violation -> violation.pointer())
                    .containsExactly("parameters.web_count"));
  }

  @Test
  void knowsWhetherAnExampleWouldDestroyWhatWasWritten() {
    draft.take(new Samples().require("shop"));
    assertThat(draft.isPolicyTouched()).isFalse();
    draft.setPolicy("mine");
    assertThat(draft.isPolicyTouched()).isTrue();
  }
}
