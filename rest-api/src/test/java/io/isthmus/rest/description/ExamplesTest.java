package io.isthmus.rest.description;

import static io.isthmus.rest.description.OpenApi.list;
import static io.isthmus.rest.description.OpenApi.map;
import static org.assertj.core.api.Assertions.assertThat;

import io.isthmus.domain.access.Caller;
import io.isthmus.domain.audit.AuditRecord;
import io.isthmus.domain.audit.Face;
import io.isthmus.domain.campaign.Campaign;
import io.isthmus.domain.campaign.CampaignStack;
import io.isthmus.domain.cloud.Allowance;
import io.isthmus.domain.cloud.CloudHealth;
import io.isthmus.domain.cloud.ConnectionCheck;
import io.isthmus.domain.cloud.Equivalence;
import io.isthmus.domain.cloud.Mirrored;
import io.isthmus.domain.cloud.PriceItem;
import io.isthmus.domain.drain.Drain;
import io.isthmus.domain.drain.DrainReturn;
import io.isthmus.domain.drain.DrainedStack;
import io.isthmus.domain.drift.PropertyDrift;
import io.isthmus.domain.drift.Untold;
import io.isthmus.domain.failover.LostCloud;
import io.isthmus.domain.fault.FaultCode;
import io.isthmus.domain.image.DiskFormat;
import io.isthmus.domain.image.ImageCopy;
import io.isthmus.domain.image.ImageDriver;
import io.isthmus.domain.image.ProjectImage;
import io.isthmus.domain.insurance.Rehearsal;
import io.isthmus.domain.insurance.RehearsalRun;
import io.isthmus.domain.leak.Finding;
import io.isthmus.domain.leak.LeakCheck;
import io.isthmus.domain.mirror.MirrorKind;
import io.isthmus.domain.notice.Notice;
import io.isthmus.domain.placement.CapabilityMatrix;
import io.isthmus.domain.placement.Failover;
import io.isthmus.domain.placement.LostResource;
import io.isthmus.domain.placement.ResourceChange;
import io.isthmus.domain.probe.CloudLoss;
import io.isthmus.domain.probe.ProbeState;
import io.isthmus.domain.quota.QuotaRequest;
import io.isthmus.domain.search.Hit;
import io.isthmus.domain.stack.DriftChoice;
import io.isthmus.domain.stack.StackHealth;
import io.isthmus.domain.template.DeletionPolicy;
import io.isthmus.domain.template.Footing;
import io.isthmus.domain.template.PropertySchema;
import io.isthmus.domain.template.ResourceType;
import io.isthmus.domain.template.TemplateLanguage;
import io.isthmus.domain.template.type.TlsVersion;
import io.isthmus.domain.tenant.Role;
import io.isthmus.domain.webhook.Delivery;
import io.isthmus.domain.webhook.Webhook;
import io.isthmus.domain.webhook.WebhookKind;
import io.isthmus.rest.audit.AuditBody;
import io.isthmus.rest.audit.ConsistencyBody;
import io.isthmus.rest.audit.InclusionBody;
import io.isthmus.rest.audit.KeyBody;
import io.isthmus.rest.audit.SealBody;
import io.isthmus.rest.audit.SubjectsBody;
import io.isthmus.rest.campaign.CampaignBody;
import io.isthmus.rest.campaign.CampaignStackBody;
import io.isthmus.rest.cloud.CloudBody;
import io.isthmus.rest.cloud.EquivalenceBody;
import io.isthmus.rest.cloud.FlavorBody;
import io.isthmus.rest.cloud.ImageBody;
import io.isthmus.rest.cloud.InventoryBody;
import io.isthmus.rest.cloud.RegionFactsBody;
import io.isthmus.rest.cloud.TestBody;
import io.isthmus.rest.drain.DrainBody;
import io.isthmus.rest.drain.DrainPreviewBody;
import io.isthmus.rest.drain.DrainReturnBody;
import io.isthmus.rest.drain.DrainedStackBody;
import io.isthmus.rest.drain.HeldBody;
import io.isthmus.rest.event.EventBody;
import io.isthmus.rest.event.ProjectEventBody;
import io.isthmus.rest.failover.FailoverBody;
import io.isthmus.rest.image.CopyBody;
import io.isthmus.rest.image.ProjectImageBody;
import io.isthmus.rest.insurance.InsuranceBody;
import io.isthmus.rest.insurance.InsurancePageBody;
import io.isthmus.rest.insurance.InsuredStackBody;
import io.isthmus.rest.insurance.LostResourceBody;
import io.isthmus.rest.insurance.RehearsalBody;
import io.isthmus.rest.insurance.RehearsalRunBody;
import io.isthmus.rest.keypair.KeyPairBody;
import io.isthmus.rest.leak.LeakCheckBody;
import io.isthmus.rest.library.SavedBody;
import io.isthmus.rest.mirror.MirrorAgeBody;
import io.isthmus.rest.mirror.MirroredBody;
import io.isthmus.rest.notice.NoticeBody;
import io.isthmus.rest.notice.Whose;
import io.isthmus.rest.placement.DecisionBody;
import io.isthmus.rest.placement.PlanBody;
import io.isthmus.rest.placement.PlanSummaryBody;
import io.isthmus.rest.placement.StandingPolicyBody;
import io.isthmus.rest.placement.UpdateBody;
import io.isthmus.rest.quota.AllowanceBody;
import io.isthmus.rest.quota.HoldingBody;
import io.isthmus.rest.quota.QuotaBody;
import io.isthmus.rest.quota.QuotaRequestBody;
import io.isthmus.rest.sample.SamplesResource;
import io.isthmus.rest.search.HitBody;
import io.isthmus.rest.stack.ActionRequest;
import io.isthmus.rest.stack.DriftBody;
import io.isthmus.rest.stack.LostCloudBody;
import io.isthmus.rest.stack.OutputBody;
import io.isthmus.rest.stack.ProbeBody;
import io.isthmus.rest.stack.ProbeListBody;
import io.isthmus.rest.stack.ResourceBody;
import io.isthmus.rest.stack.SourcesBody;
import io.isthmus.rest.stack.StackBody;
import io.isthmus.rest.template.TypeBody;
import io.isthmus.rest.tenant.ProjectsResource;
import io.isthmus.rest.usage.BudgetBody;
import io.isthmus.rest.usage.ExchangeRatesResource;
import io.isthmus.rest.usage.PriceBookBody;
import io.isthmus.rest.usage.UsageBody;
import io.isthmus.rest.webhook.DeliveryBody;
import io.isthmus.rest.webhook.WebhookBody;
import java.lang.reflect.ParameterizedType;
import java.lang.reflect.RecordComponent;
import java.lang.reflect.Type;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.function.BiConsumer;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;

/** What the description shows is what the API takes and gives. */
class ExamplesTest {

  private static final Map<String, Class<?>> BODIES =
      new TreeMap<>(
          Map.ofEntries(
              Map.entry("Campaign", CampaignBody.class),
              Map.entry("CampaignStack", CampaignStackBody.class),
              Map.entry("Drain", DrainBody.class),
              Map.entry("DrainedStack", DrainedStackBody.class),
              Map.entry("DrainReturn", DrainReturnBody.class),
              Map.entry("Failover", FailoverBody.class),
              Map.entry("DrainPreview", DrainPreviewBody.class),
              Map.entry("Held", HeldBody.class),
              Map.entry("Budget", BudgetBody.class),
              Map.entry("ExchangeRate", ExchangeRatesResource.RateBody.class),
              Map.entry("PriceBook", PriceBookBody.class),
              Map.entry("Usage", UsageBody.class),
              Map.entry("UsageRow", UsageBody.RowBody.class),
              Map.entry("Allowance", AllowanceBody.class),
              Map.entry("Holding", HoldingBody.class),
              Map.entry("Quota", QuotaBody.class),
              Map.entry("QuotaRequest", QuotaRequestBody.class),
              Map.entry("Insurance", InsuranceBody.class),
              Map.entry("InsurancePage", InsurancePageBody.class),
              Map.entry("InsuredStack", InsuredStackBody.class),
              Map.entry("LostResource", LostResourceBody.class),
              Map.entry("Rehearsal", RehearsalBody.class),
              Map.entry("RehearsalRun", RehearsalRunBody.class),
              Map.entry("LeakCheck", LeakCheckBody.class),
              Map.entry("LeakFinding", LeakCheckBody.FindingBody.class),
              Map.entry("LeakUnseen", LeakCheckBody.UnseenBody.class),
              Map.entry("AuditKey", KeyBody.class),
              Map.entry("AuditRecord", AuditBody.class),
              Map.entry("AuditSeal", SealBody.class),
              Map.entry("AuditSubjects", SubjectsBody.class),
              Map.entry("Cloud", CloudBody.class),
              Map.entry("CloudAccess", CloudBody.AccessBody.class),
              Map.entry("ConnectionTest", TestBody.class),
              Map.entry("ConsistencyProof", ConsistencyBody.class),
              Map.entry("Equivalence", EquivalenceBody.class),
              Map.entry("Event", EventBody.class),
              Map.entry("Flavor", FlavorBody.class),
              Map.entry("Hit", HitBody.class),
              Map.entry("Image", ImageBody.class),
              Map.entry("InclusionProof", InclusionBody.class),
              Map.entry("Inventory", InventoryBody.class),
              Map.entry("Decision", DecisionBody.class),
              Map.entry("ResourceProperty", TypeBody.PropertyBody.class),
              Map.entry("KeyPair", KeyPairBody.class),
              Map.entry("Webhook", WebhookBody.class),
              Map.entry("WebhookDelivery", DeliveryBody.class),
              Map.entry("ProjectImage", ProjectImageBody.class),
              Map.entry("ImageCopy", CopyBody.class),
              Map.entry("MirrorAge", MirrorAgeBody.class),
              Map.entry("MirroredResource", MirroredBody.class),
              Map.entry("Drift", DriftBody.class),
              Map.entry("Probe", ProbeBody.class),
              Map.entry("ProbeList", ProbeListBody.class),
              Map.entry("LostCloud", LostCloudBody.class),
              Map.entry("Notice", NoticeBody.class),
              Map.entry("Output", OutputBody.class),
              Map.entry("Plan", PlanBody.class),
              Map.entry("PlanSummary", PlanSummaryBody.class),
              Map.entry("PlannedUpdate", UpdateBody.class),
              Map.entry("Project", ProjectsResource.ProjectBody.class),
              Map.entry("ProjectEvent", ProjectEventBody.class),
              Map.entry("RegionFacts", RegionFactsBody.class),
              Map.entry("Resource", ResourceBody.class),
              Map.entry("ResourceType", TypeBody.class),
              Map.entry("Sample", SamplesResource.SampleBody.class),
              Map.entry("Saved", SavedBody.class),
              Map.entry("Sources", SourcesBody.class),
              Map.entry("Stack", StackBody.class),
              Map.entry("StandingPolicy", StandingPolicyBody.class)));

  @Test
  void everyExampleIsWhatItsSchemaSays() {
    List<String> problems = new ArrayList<>();
    walk(
        "",
        OpenApi.document(),
        (at, node) -> {
          if (node.containsKey("example")) {
            Map<String, Object> schema =
                node.containsKey("schema") ? map(node.get("schema")) : node;
            if (!schema.containsKey("type") && !schema.containsKey("$ref")) {
              problems.add(at + " has an example and no schema");
            }
            problems.addAll(SchemaCheck.problems(at, node.get("example"), schema));
          }
        });
    assertThat(problems).isEmpty();
  }

  @Test
  void everyChoiceIsThatOfTheCode() {
    Set<Set<String>> known =
        Set.of(
            names(CloudHealth.State.values(), Enum::name),
            names(StackHealth.State.values(), Enum::name),
            names(ConnectionCheck.Result.values(), Enum::name),
            names(Equivalence.Kind.values(), ExamplesTest::lower),
            names(Hit.Kind.values(), Hit.Kind::text),
            names(Notice.Kind.values(), Notice.Kind::text),
            names(Whose.values(), Whose::text),
            names(Face.values(), Face::text),
            names(MirrorKind.values(), MirrorKind::text),
            names(Mirrored.values(), Mirrored::text),
            Set.of("ours", "others"),
            names(DriftChoice.values(), DriftChoice::text),
            names(Untold.values(), Untold::text),
            names(ProbeState.Outcome.values(), ProbeState.Outcome::text),
            names(Failover.Mode.values(), Failover.Mode::text),
            names(CloudLoss.Verdict.values(), CloudLoss.Verdict::text),
            names(PropertyDrift.Change.values(), PropertyDrift.Change::text),
            Set.of("changed", "vanished", "unknown"),
            names(AuditRecord.Outcome.values(), AuditRecord.Outcome::text),
            names(PropertySchema.Type.values(), ExamplesTest::lower),
            names(Footing.values(), ExamplesTest::lower),
            names(DeletionPolicy.values(), ExamplesTest::lower),
            names(CapabilityMatrix.Offer.values(), ExamplesTest::lower),
            names(ResourceChange.Kind.values(), ExamplesTest::lower),
            names(Role.values(), Role::text),
            names(Campaign.Status.values(), Campaign.Status::text),
            names(CampaignStack.State.values(), CampaignStack.State::text),
            Set.of("image", "flavor", "tls_floor", "parameter", "template"),
            names(TlsVersion.values(), TlsVersion::octaviaName),
            names(Drain.Status.values(), Drain.Status::text),
            names(LostCloud.State.values(), LostCloud.State::text),
            names(Failover.OnReturn.values(), Failover.OnReturn::text),
            names(DrainedStack.State.values(), DrainedStack.State::text),
            names(DrainReturn.State.values(), DrainReturn.State::text),
            names(QuotaRequest.State.values(), QuotaRequest.State::text),
            names(LostResource.Outcome.values(), LostResource.Outcome::text),
            names(Rehearsal.Mode.values(), Rehearsal.Mode::text),
            names(RehearsalRun.Phase.values(), RehearsalRun.Phase::text),
            names(RehearsalRun.Returns.values(), RehearsalRun.Returns::text),
            names(RehearsalRun.Outcome.values(), RehearsalRun.Outcome::text),
            names(LeakCheck.State.values(), ExamplesTest::lower),
            names(LeakCheck.Result.values(), ExamplesTest::lower),
            names(Finding.Kind.values(), ExamplesTest::lower),
            names(Finding.Repair.values(), ExamplesTest::lower),
            names(Allowance.Of.values(), Allowance.Of::text),
            names(PriceItem.Kind.values(), PriceItem.Kind::text),
            names(DiskFormat.values(), DiskFormat::text),
            names(ProjectImage.State.values(), ExamplesTest::lower),
            names(ImageCopy.State.values(), ExamplesTest::lower),
            names(ImageDriver.Way.values(), ExamplesTest::lower),
            Set.of(Caller.FEDERATION_ADMIN, Caller.FEDERATION_AUDITOR),
            // What a place may refuse with, of all faults.
            Set.of(
                FaultCode.CLOUD_FULL.text(),
                FaultCode.QUOTA_EXCEEDED.text(),
                FaultCode.CLOUD_UNAVAILABLE.text(),
                FaultCode.CLOUD_TIMEOUT.text()),
            names(ActionRequest.Action.values(), ActionRequest.Action::text),
            names(WebhookKind.values(), WebhookKind::text),
            names(Webhook.Status.values(), ExamplesTest::lower),
            names(Delivery.State.values(), ExamplesTest::lower),
            Set.of("json", "csv"));
    Set<String> unknown = new TreeSet<>();
    walk(
        "",
        OpenApi.document(),
        (at, node) -> {
          if (node.get("enum") instanceof List<?> values
              && !known.contains(new HashSet<>(values))) {
            unknown.add(at + " " + values);
          }
        });
    assertThat(unknown).isEmpty();
  }

  @Test
  void everyBodyHasTheFieldsThatAreDescribed() {
    List<String> problems = new ArrayList<>();
    BODIES.forEach((schema, body) -> compare(schema, OpenApi.schema(schema), body, problems));
    assertThat(problems).isEmpty();
  }

  /**
   * Down to the last record, in lists and maps too; what is referred to is compared in its own
   * place.
   */
  private static void compare(
      String at, Map<String, Object> schema, Type type, List<String> problems) {
    if (type instanceof ParameterizedType generic) {
      Type[] arguments = generic.getActualTypeArguments();
      boolean isList = generic.getRawType() == List.class;
      Object inner = schema.get(isList ? "items" : "additionalProperties");
      if (inner instanceof Map<?, ?>) {
        compare(at + "/*", map(inner), arguments[arguments.length - 1], problems);
      }
    } else if (type instanceof Class<?> body
        && body.isRecord()
        && schema.containsKey("properties")) {
      Map<String, Object> properties = map(schema.get("properties"));
      Map<String, Type> fields = new TreeMap<>();
      for (RecordComponent component : body.getRecordComponents()) {
        fields.put(withUnderscores(component.getName()), component.getGenericType());
      }
      if (!properties.keySet().equals(fields.keySet())) {
        problems.add(at + ": " + new TreeSet<>(properties.keySet()) + " are " + fields.keySet());
      }
      fields.forEach(
          (name, inner) -> compare(at + "/" + name, map(properties.get(name)), inner, problems));
    }
  }

  @Test
  void theExampleOfAResourceTypeIsOneThatThereIs() {
    Map<String, Object> example = map(OpenApi.schema("ResourceType").get("example"));
    ResourceType type = new TemplateLanguage().require((String) example.get("name"));

    assertThat(example.get("service")).isEqualTo(type.serviceType());
    assertThat(type.properties()).containsKeys(keys(example.get("properties")));
    assertThat(type.attributes()).containsKeys(keys(example.get("attributes")));
    assertThat(type.unsupportedProperties())
        .containsAll(list(example.get("unsupported")).stream().map(String.class::cast).toList());
  }

  private static String[] keys(Object node) {
    return map(node).keySet().toArray(String[]::new);
  }

  private static <E> Set<String> names(E[] values, Function<E, String> name) {
    return Arrays.stream(values).map(name).collect(Collectors.toSet());
  }

  private static String lower(Enum<?> value) {
    return value.name().toLowerCase(Locale.ROOT);
  }

  private static String withUnderscores(String name) {
    return name.replaceAll("([A-Z])", "_$1").toLowerCase(Locale.ROOT);
  }

  /** Every map of the document but those within examples. */
  private static void walk(String at, Object node, BiConsumer<String, Map<String, Object>> visit) {
    if (node instanceof Map<?, ?> members) {
      visit.accept(at, map(members));
      members.forEach(
          (key, value) -> {
            if (!key.equals("example")) {
              walk(at + "/" + key, value, visit);
            }
          });
    } else if (node instanceof List<?> items) {
      for (int i = 0; i < items.size(); i++) {
        walk(at + "/" + i, items.get(i), visit);
      }
    }
  }
}
