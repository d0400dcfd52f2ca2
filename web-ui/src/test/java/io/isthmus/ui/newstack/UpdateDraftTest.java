package io.isthmus.ui.newstack;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.isthmus.domain.access.ProjectId;
import io.isthmus.domain.fault.FederationFault;
import io.isthmus.domain.json.Json;
import io.isthmus.domain.placement.Estimate;
import io.isthmus.domain.placement.Placement;
import io.isthmus.domain.placement.Plan;
import io.isthmus.domain.placement.PlanId;
import io.isthmus.domain.placement.UpdatePlan;
import io.isthmus.domain.placement.Wiring;
import io.isthmus.domain.stack.StackId;
import io.isthmus.domain.template.TemplateSource;
import jakarta.json.JsonObject;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import org.junit.jupiter.api.Test;

class UpdateDraftTest {

  private static final ProjectId PROJECT = new ProjectId("acme", "demo");
  private static final StackId STACK = new StackId(new UUID(2, 2));
  private static final String TEMPLATE =
      """
      heat_template_version: 2018-08-31
      parameters:
        size: { type: number, default: 1 }
        zones: { type: comma_delimited_list }
        password: { type: string, hidden: true, constraints: [length: { min: 8 }] }
      """;
  private static final String ONLY_MINE = "placement_policy_version: 2026-11-23\nrules: []\n";

  private final Draft draft = draft();

  private static Draft draft() {
    Draft draft = new Draft("d1", Optional.of(STACK));
    Plan plan = plan(TemplateSource.of(TEMPLATE).with(Map.of("My::Type", "OS::Heat::Value")));
    draft.change(plan, plan);
    return draft;
  }

  private static Plan plan(TemplateSource source) {
    Instant at = Instant.parse("2026-11-25T00:00:00Z");
    JsonObject values =
        Json.createObjectBuilder()
            .add("size", 3)
            .add("zones", Json.createArrayBuilder().add("a").add("b"))
            .add("password", "******")
            .build();
    return new Plan(
        new PlanId(new UUID(1, 1)),
        PROJECT,
        "shop",
        source,
        values,
        ONLY_MINE,
        new Placement.Placed(List.of(), new Wiring(List.of(), List.of()), List.of(), Estimate.NONE),
        "f",
        at,
        at.plusSeconds(3600),
        "alice",
        Optional.empty());
  }

  @Test
  void saysWhatTheStackIsNowButHiddenValues() {
    assertThat(draft.address(Step.POLICY)).isEqualTo("stacks/" + STACK + "/update/d1/policy");
    assertThat(draft.parameters()).isEqualTo(Map.of("size", "3", "zones", "a,b"));
    assertThat(draft.policy()).isEqualTo(ONLY_MINE);
    assertThat(draft.isPolicyByDefault()).isFalse();
    assertThat(draft.settings().registry()).isEqualTo(Map.of("My::Type", "OS::Heat::Value"));
    assertThat(draft.keptSecrets(draft.read())).containsExactly("password");
  }

  @Test
  void asksForWhatIsSeenAndKeepsWhatIsHiddenAndThePolicy() {
    draft.setParameter("zones", Optional.of("c"));
    draft.setParameter("size", Optional.empty());
    UpdatePlan asked = draft.change(draft.read());
    assertThat(asked.stack()).isEqualTo(STACK.value());
    assertThat(asked.existing()).isTrue();
    assertThat(asked.parameters()).isEqualTo(Json.createObjectBuilder().add("zones", "c").build());
    // What is seen is the template's default, so that is what it gets.
    assertThat(asked.cleared()).containsExactly("size");
    assertThat(asked.policy()).isEmpty();

    draft.setPolicy("");
    draft.setParameter("password", Optional.of("another-secret"));
    assertThat(draft.change(draft.read()).policy()).contains("");
    assertThat(draft.change(draft.read()).parameters().getString("password"))
        .isEqualTo("another-secret");
  }

  @Test
  void aSecretThatIsHiddenNoMoreIsNotKept() {
    draft.setTemplate(TEMPLATE.replace("hidden: true, ", ""));
    assertThat(draft.change(draft.read()).cleared()).contains("password");
    assertThatThrownBy(() -> draft.check(PROJECT, draft.read())).hasMessageContaining("password");
  }

  @Test
  void findsFaultWithAllButSecretsThatStand() {
    draft.check(PROJECT, draft.read());
    draft.setParameter("size", Optional.of("many"));
    assertThatThrownBy(() -> draft.check(PROJECT, draft.read()))
        .isInstanceOfSatisfying(
            FederationFault.class,
            fault ->
                assertThat(fault.violations())
                    .extracting(violation -> violation.pointer())
                    .containsExactly("parameters.size"));
    draft.setParameter("size", Optional.of("2"));
    draft.setParameter("password", Optional.of("short"));
    assertThatThrownBy(() -> draft.check(PROJECT, draft.read()))
        .isInstanceOf(FederationFault.class);
  }
}
