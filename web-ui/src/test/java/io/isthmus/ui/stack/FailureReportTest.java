package io.isthmus.ui.stack;

import static org.assertj.core.api.Assertions.assertThat;

import io.isthmus.domain.access.ProjectId;
import io.isthmus.domain.cloud.CloudId;
import io.isthmus.domain.cloud.Place;
import io.isthmus.domain.fault.FaultCode;
import io.isthmus.domain.language.Phrase;
import io.isthmus.domain.placement.Decision;
import io.isthmus.domain.placement.Estimate;
import io.isthmus.domain.placement.Exclusion;
import io.isthmus.domain.placement.PartId;
import io.isthmus.domain.placement.Placement;
import io.isthmus.domain.placement.Plan;
import io.isthmus.domain.placement.PlanId;
import io.isthmus.domain.placement.Refusal;
import io.isthmus.domain.placement.RuleRefusal;
import io.isthmus.domain.placement.Wiring;
import io.isthmus.domain.stack.PartView;
import io.isthmus.domain.stack.StackDrift;
import io.isthmus.domain.stack.StackEvent;
import io.isthmus.domain.stack.StackHealth;
import io.isthmus.domain.stack.StackId;
import io.isthmus.domain.stack.StackStatus;
import io.isthmus.domain.stack.StackView;
import io.isthmus.domain.stack.Trouble;
import io.isthmus.domain.template.DeletionPolicy;
import io.isthmus.domain.template.TemplateSource;
import io.isthmus.ui.shell.Messages;
import jakarta.json.Json;
import java.time.Instant;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import org.junit.jupiter.api.Test;

class FailureReportTest {

  private static final Instant AT = Instant.parse("2026-11-25T10:00:00.123Z");
  private static final CloudId GRA = new CloudId("gra");
  private static final PartId BAD = new PartId("bad", GRA, "GRA-1");
  private static final StackId STACK = new StackId(UUID.randomUUID());
  private static final PlanId PLAN = new PlanId(UUID.randomUUID());
  private static final ProjectId ACME = ProjectId.parse("acme/demo");

  private static final StackView VIEW =
      new StackView(
          STACK,
          ACME,
          "shop",
          StackStatus.CREATE_FAILED,
          Phrase.verbatim("It could not be made."),
          StackHealth.UNKNOWN,
          PLAN,
          1,
          0,
          List.of(),
          7,
          AT,
          AT,
          "alice",
          StackDrift.NONE,
          false);

  private static final PartView PART =
      new PartView(
          BAD,
          "OS::Nova::Server",
          1,
          Optional.empty(),
          StackStatus.CREATE_FAILED,
          StackHealth.UNKNOWN,
          "name",
          Optional.of("physical-1"),
          Optional.of("ERROR"),
          List.of(),
          Optional.of(
              new Trouble(
                  FaultCode.CLOUD_REJECTED,
                  Phrase.of("driver.cloud-rejected", "gra", "POST compute/servers", 400, "No\nway"),
                  Json.createObjectBuilder()
                      .add("call", "POST compute/servers")
                      .add("status", 400)
                      .add("requestId", "req-1")
                      .add("globalRequestId", "req-0")
                      .build(),
                  AT)),
          List.of(
              new Refusal(
                  BAD.resource(),
                  Place.inRegion(new CloudId("bhs"), "BHS-1"),
                  FaultCode.CLOUD_FULL,
                  Phrase.verbatim("No valid host was found."),
                  AT)),
          Set.of(),
          2,
          Optional.empty(),
          DeletionPolicy.DELETE,
          AT);

  private static final Plan KEPT =
      new Plan(
          PLAN,
          ACME,
          "shop",
          TemplateSource.of("template-secret"),
          Json.createObjectBuilder().add("password", "parameter-secret").build(),
          "",
          new Placement.Placed(
              List.of(),
              new Wiring(List.of(), List.of()),
              List.of(
                  new Decision(
                      "bad",
                      List.of(Place.inRegion(GRA, "GRA-1")),
                      List.of(Phrase.verbatim("It is near.")),
                      List.of(
                          new Exclusion(
                              new CloudId("bhs"),
                              Optional.of("BHS"),
                              Optional.empty(),
                              List.of(RuleRefusal.byRule("home", Phrase.verbatim("It is far."))),
                              Optional.empty())))),
              Estimate.NONE),
          "fingerprint",
          AT,
          AT,
          "alice",
          Optional.of(AT));

  private static StackEvent failed(
      long sequence, Optional<PartId> part, Optional<String> cloudRequest) {
    return new StackEvent(
        STACK,
        sequence,
        AT,
        part,
        StackStatus.CREATE_FAILED,
        Optional.empty(),
        Phrase.verbatim("It failed."),
        Optional.empty(),
        cloudRequest);
  }

  private static String report(Locale locale) {
    Messages messages = new Messages();
    return FailureReport.text(
        VIEW,
        List.of(PART),
        List.of(
            failed(1, Optional.of(BAD), Optional.of("req-2")),
            failed(2, Optional.empty(), Optional.empty())),
        KEPT,
        (key, arguments) -> messages.getTranslation(key, locale, arguments),
        locale);
  }

  @Test
  void tellsWhatFailedWithCallAnswerAndRequestIdAndWhyItWasThere() {
    assertThat(report(Locale.ENGLISH).lines())
        .contains(
            "Report on stack “shop”",
            "- bad · gra / GRA-1 · OS::Nova::Server · CREATE_FAILED",
            "  Cloud gra refused POST compute/servers with 400: “No way”.",
            "  Asked of the cloud: POST compute/servers",
            "  Answer: 400",
            "  Request id of the cloud: req-1",
            "  Request id of Isthmus: req-0",
            "  – Places that refused it · bhs / BHS-1 · 2026-11-25T10:00:00Z · No valid host was found.",
            "- bad · gra / GRA-1 · OS::Nova::Server · CREATE_FAILED · physical-1 · ERROR",
            "- bad → gra / GRA-1",
            "  It is near.",
            "  – bhs / BHS: It is far.",
            "2026-11-25T10:00:00Z  CREATE_FAILED  It failed. [req-2]");
  }

  @Test
  void tellsAFailureOfAPartAndOfItsStackOnce() {
    assertThat(report(Locale.ENGLISH).lines().filter(line -> line.contains("It failed.")))
        .hasSize(1);
  }

  @Test
  void speaksTheReadersLanguage() {
    assertThat(report(Locale.FRENCH).lines())
        .contains("Rapport sur la stack « shop »", "  Statut : CREATE_FAILED", "## Événements");
  }

  @Test
  void tellsNoTemplateParameterOrAttribute() {
    assertThat(report(Locale.ENGLISH)).doesNotContain("secret");
  }
}
