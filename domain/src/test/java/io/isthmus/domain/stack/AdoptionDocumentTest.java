package io.isthmus.domain.stack;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.isthmus.domain.cloud.CloudId;
import io.isthmus.domain.fault.FederationFault;
import io.isthmus.domain.placement.PartId;
import io.isthmus.domain.stack.engine.TestStacks;
import jakarta.json.JsonValue;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import org.junit.jupiter.api.Test;

/** What abandoning a stack tells is what adopting one reads; all else is refused. */
class AdoptionDocumentTest {

  private static final Instant NOW = Instant.parse("2026-11-25T00:00:00Z");

  /** As Heat writes it: groups as the stacks that they are, no places, and what it has drawn. */
  private static final String HEATS =
      """
      {"name": "shop", "id": "0a1b2c3d-0000-4000-8000-000000000001", "action": "CREATE", "status": "COMPLETE",
       "project_id": "f00", "stack_user_project_id": "ba4", "tags": [], "files": {},
       "environment": {"parameters": {"size": "m1.small", "password": ["cryptography_decrypt_v1", "gAAAAA=="]},
         "encrypted_param_names": ["password", "size"], "parameter_defaults": {}, "event_sinks": [],
         "resource_registry": {"resources": {}}},
       "template": {"heat_template_version": "2018-08-31", "resources": {}},
       "resources": {
         "net": {"name": "net", "resource_id": "id-net", "type": "OS::Neutron::Net", "action": "CREATE", "status": "COMPLETE",
           "metadata": {}, "resource_data": {}},
         "secret": {"name": "secret", "resource_id": "shop-secret-x", "type": "OS::Heat::RandomString",
           "resource_data": {"value": "s3cret"}},
         "setup": {"name": "setup", "resource_id": "c0", "type": "OS::Heat::SoftwareConfig", "resource_data": {}},
         "never": {"name": "never", "resource_id": null, "type": "OS::Cinder::Volume", "resource_data": {}},
         "none": {},
         "web": {"name": "shop-web-x", "id": "0a1b2c3d-0000-4000-8000-000000000002", "template": {}, "resources": {
           "0": {"name": "0", "resource_id": "id-web-0", "type": "OS::Nova::Server",
             "resource_data": {"internal_ports": "[{\\"id\\": \\"p\\"}]"}},
           "1": {"name": "1", "resource_id": "id-web-1", "type": "OS::Nova::Server", "resource_data": {}}}}}}
      """;

  @Test
  void readsWhatAbandoningTells() {
    Stack stack = TestStacks.stack("shop", NOW, UUID.randomUUID());
    List<StackPart> parts =
        new TestStacks()
                .add("net", TestStacks.NET, "gra")
                .add("web", TestStacks.SERVER, "gra", "net")
                .parts(NOW)
                .stream()
                .map(
                    part ->
                        part.with(
                            part.state()
                                .known(
                                    Optional.of("id-" + part.id().resource()),
                                    Optional.of("ACTIVE"),
                                    JsonValue.EMPTY_JSON_OBJECT,
                                    NOW)
                                .in(StackStatus.CREATED, StackHealth.HEALTHY, NOW)))
                .toList();

    AdoptionDocument read = AdoptionDocument.parse(StackDocument.of(stack, parts).toString());

    assertThat(read.name()).isEqualTo("shop");
    assertThat(read.origin()).contains(stack.id());
    assertThat(read.resources())
        .extracting(AdoptionDocument.Resource::physicalId)
        .containsExactlyInAnyOrder("id-net", "id-web");
    assertThat(read.resources())
        .allSatisfy(
            one -> assertThat(one.mark()).contains(new Mark(stack.id(), one.id().resource(), 1)));
    assertThat(read.resources()).allMatch(AdoptionDocument.Resource::wanted);
  }

  @Test
  void readsWhatHeatTellsOfAStackInTheRegionThatIsNamed() {
    AdoptionDocument heats = AdoptionDocument.parse(HEATS);

    assertThat(heats.name()).isEqualTo("shop");
    assertThat(heats.resources()).isEmpty();
    assertThat(heats.unplaced())
        .extracting(AdoptionDocument.Unplaced::resource)
        .containsExactlyInAnyOrder("net", "web/0", "web/1");
    assertThat(heats.drawn()).containsEntry("secret", "s3cret").hasSize(1);
    assertThat(heats.toString()).doesNotContain("s3cret");
    assertThat(heats.hidden()).containsExactly("password");
    assertThat(heats.environment().toString())
        .isEqualTo("{\"parameters\":{\"size\":\"m1.small\"},\"resource_registry\":{}}");

    AdoptionDocument placed = heats.at(new CloudId("gra"), "GRA-1");
    assertThat(placed.unplaced()).isEmpty();
    assertThat(placed.resources())
        .extracting(one -> one.id() + " " + one.type() + " " + one.physicalId())
        .contains(new PartId("web/1", new CloudId("gra"), "GRA-1") + " OS::Nova::Server id-web-1");
    assertThat(placed.resources()).allMatch(one -> one.wanted() && one.mark().isEmpty());
  }

  @Test
  void tellsWhatIsWrongByItsName() {
    assertThatThrownBy(() -> AdoptionDocument.parse("[]")).isInstanceOf(FederationFault.class);
    assertThatThrownBy(() -> AdoptionDocument.parse("[".repeat(5000)))
        .isInstanceOf(FederationFault.class);
    assertThatThrownBy(
            () ->
                AdoptionDocument.parse(
                    "{\"template\": \"x\", \"resources\": {\"net\": {\"id\": 1}}}"))
        .isInstanceOf(FederationFault.class)
        .hasMessageContaining("resources.net");
  }

  @Property(tries = 300)
  void neverFailsOtherwiseThanByAFault(@ForAll String text) {
    try {
      AdoptionDocument.parse("{\"template\": \"t\", \"resources\": {" + text + "}}");
    } catch (FederationFault refused) {
      assertThat(refused.violations()).isNotEmpty();
    }
  }
}
