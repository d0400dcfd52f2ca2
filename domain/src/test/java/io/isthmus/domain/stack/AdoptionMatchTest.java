package io.isthmus.domain.stack;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import io.isthmus.domain.cloud.CloudId;
import io.isthmus.domain.fault.FederationFault;
import io.isthmus.domain.fault.Violation;
import io.isthmus.domain.json.Json;
import io.isthmus.domain.placement.PartId;
import io.isthmus.domain.placement.PlannedPart;
import io.isthmus.domain.template.HotParser;
import io.isthmus.domain.template.HotTemplate;
import io.isthmus.domain.template.PseudoParameters;
import io.isthmus.domain.template.ResourceGraph;
import io.isthmus.domain.template.TemplateSource;
import jakarta.json.JsonObject;
import jakarta.json.JsonValue;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** What document and template have in common is taken over; what only one has is told by name. */
class AdoptionMatchTest {

  private static final CloudId GRA = new CloudId("gra");
  private static final String TEMPLATE =
      """
      heat_template_version: 2018-08-31
      resources:
        net: {type: OS::Neutron::Net}
        secret: {type: OS::Heat::RandomString}
      """;

  private static ResourceGraph graph(String template) {
    HotTemplate read = new HotParser().parse(TemplateSource.of(template));
    return read.graph(
        read.bind(JsonValue.EMPTY_JSON_OBJECT, new PseudoParameters("shop", "id", "acme/demo")));
  }

  private static PlannedPart planned(String resource, String type) {
    return new PlannedPart(
        new PartId(resource, GRA, "GRA-1"),
        type,
        Optional.empty(),
        List.of(),
        Set.of(),
        Map.of(),
        Optional.empty());
  }

  private static AdoptionDocument document(String resources) {
    return AdoptionDocument.parse(
            ("{'template': 'x', 'resources': {" + resources + "}}").replace('\'', '"'))
        .at(GRA, "GRA-1");
  }

  private static final String NET = "'net': {'type': 'OS::Neutron::Net', 'resource_id': 'n'}";
  private static final JsonObject KEPT = Json.createObjectBuilder().add("secret", "kept").build();

  private static AdoptionMatch match(String document, JsonObject kept) {
    return AdoptionMatch.of(
        document(document), List.of(planned("net", "OS::Neutron::Net")), graph(TEMPLATE), kept);
  }

  private static Stream<String> refused(Runnable match) {
    return catchThrowableOfType(FederationFault.class, match::run).violations().stream()
        .map(Violation::message)
        .map(phrase -> phrase.key());
  }

  @Test
  void textsThatWereDrawnComeFromTheDocumentElseFromTheStackThatWasAbandonedHere() {
    String drawn =
        NET
            + ", 'secret': {'type': 'OS::Heat::RandomString', 'resource_id': 'x',"
            + " 'resource_data': {'value': 'told'}}";
    assertThat(match(drawn, KEPT).drawn().getString("secret")).isEqualTo("told");
    assertThat(match(NET, KEPT).drawn().getString("secret")).isEqualTo("kept");
    assertThat(match(NET, KEPT).known()).hasSize(1);
    assertThat(refused(() -> match(NET, JsonValue.EMPTY_JSON_OBJECT)))
        .containsExactly("stack.adopt.no-value");
  }

  @Test
  void whatIsMarkedByItsNameIsRefusedWithTheReason() {
    List<PlannedPart> planned =
        List.of(planned("key", "OS::Nova::KeyPair"), planned("group", "OS::Nova::ServerGroup"));
    AdoptionDocument document =
        document(
            "'key': {'type': 'OS::Nova::KeyPair', 'resource_id': 'k'},"
                + " 'group': {'type': 'OS::Nova::ServerGroup', 'resource_id': 'g'}");
    ResourceGraph none = graph("heat_template_version: 2018-08-31");
    assertThat(
            refused(() -> AdoptionMatch.of(document, planned, none, JsonValue.EMPTY_JSON_OBJECT)))
        .containsExactly("stack.adopt.key-pair", "stack.adopt.server-group");
  }

  @Test
  void whatOnlyOneOfThemHasIsToldByName() {
    assertThat(
            refused(() -> match("'old': {'type': 'OS::Neutron::Net', 'resource_id': 'o'}", KEPT)))
        .containsExactly("stack.adopt.no-id", "stack.adopt.not-there");
    assertThat(
            refused(
                () -> match("'net': {'type': 'OS::Neutron::Subnet', 'resource_id': 'n'}", KEPT)))
        .containsExactly("stack.adopt.other-type");
  }
}
