package io.isthmus.ui.newstack;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.isthmus.domain.access.ProjectId;
import io.isthmus.domain.fault.FederationFault;
import io.isthmus.domain.placement.Estimate;
import io.isthmus.domain.placement.Placement;
import io.isthmus.domain.placement.Plan;
import io.isthmus.domain.placement.PlanId;
import io.isthmus.domain.placement.Wiring;
import io.isthmus.domain.sample.Samples;
import io.isthmus.domain.template.TemplateSource;
import jakarta.json.Json;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import org.junit.jupiter.api.Test;

class DraftTest {

  private static final ProjectId PROJECT = new ProjectId("acme", "demo");

  private static final StackNames FREE = new StackNames(part -> Set.of());

  private final Draft draft = new Draft("d1");

  @Test
  void keepsTheNameThatWasTypedWhenASampleIsTaken() {
    draft.setName(" mine ");
    draft.take(new Samples().require("shop"), FREE);
    assertThat(draft.name()).isEqualTo("mine");
  }

  @Test
  void namesASamplesStackWithANameThatIsFree() {
    StackNames names = new StackNames(part -> Set.of("shop", "shop-2", "workshop"));
    draft.take(new Samples().require("shop"), names);
    assertThat(draft.name()).isEqualTo("shop-3");
    assertThat(names.isTaken("shop-2")).isTrue();
    assertThat(names.isTaken("shop-3")).isFalse();
    assertThat(draft.isFrom(new Samples().require("shop"))).isTrue();
  }

  @Test
  void asksWithWhatWasEnteredAndLeavesDefaultsToTheTemplate() {
    draft.take(new Samples().require("shop"), FREE);
    draft.setParameter("web_count", Optional.of("5"));
    draft.setParameter("gone", Optional.of("of another template"));
    assertThat(draft.question(PROJECT, draft.read()).parameters())
        .isEqualTo(Json.createObjectBuilder().add("web_count", "5").build());
  }

  @Test
  void takesWhatAPlanWasMadeOfButHiddenValues() {
    draft.setParameter("size", Optional.of("9"));
    draft.take(plan());
    assertThat(draft.name()).isEqualTo("shop");
    assertThat(draft.policy()).isEqualTo("rules: []");
    assertThat(draft.parameters()).isEmpty();
    assertThat(draft.settings().valuesFor(draft.read()))
        .containsEntry("size", Json.createValue(3))
        .doesNotContainKey("password");
    draft.setParameter("password", Optional.of("again"));
    draft.check(PROJECT, draft.read());
  }

  private static Plan plan() {
    Instant at = Instant.parse("2026-11-25T00:00:00Z");
    return new Plan(
        new PlanId(new UUID(1, 1)),
        PROJECT,
        "shop",
        TemplateSource.of(
            """
            heat_template_version: 2018-08-31
            parameters:
              size: { type: number }
              password: { type: string, hidden: true }
            """),
        Json.createObjectBuilder().add("size", 3).add("password", "******").build(),
        "rules: []",
        new Placement.Placed(List.of(), new Wiring(List.of(), List.of()), List.of(), Estimate.NONE),
        "f",
        at,
        at.plusSeconds(3600),
        "alice",
        Optional.empty());
  }

  @Test
  void findsFaultWithParametersBeforePlanning() {
    draft.take(new Samples().require("shop"), FREE);
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
    draft.take(new Samples().require("shop"), FREE);
    assertThat(draft.isPolicyTouched()).isFalse();
    draft.setPolicy("mine");
    assertThat(draft.isPolicyTouched()).isTrue();
  }

  @Test
  void goesBackToWhatItSaidBefore() {
    draft.setTemplate("mine");
    draft.addFile("a.sh", "echo");
    draft.setEnvironment("parameters: {}");
    draft.setPolicy("rules: []");
    Draft before = draft.copy();
    draft.take(new Samples().require("shop"), FREE);
    draft.removeFile("a.sh");
    assertThat(draft.template()).isNotEqualTo("mine");

    draft.become(before);

    assertThat(draft.template()).isEqualTo("mine");
    assertThat(draft.files()).containsExactly(Map.entry("a.sh", "echo"));
    assertThat(draft.environment()).isEqualTo("parameters: {}");
    assertThat(draft.policy()).isEqualTo("rules: []");
    assertThat(draft.isPolicyTouched()).isTrue();
  }

  @Test
  void isBlankUntilSomethingCouldBeReplaced() {
    assertThat(draft.isBlank()).isTrue();
    draft.setName("shop");
    draft.setStandardPolicy("rules: []");
    assertThat(draft.isBlank()).isTrue();
    draft.addFile("a.sh", "echo");
    assertThat(draft.isBlank()).isFalse();
    assertThat(draft.size()).isEqualTo("echo".length() + "rules: []".length());
  }
}
