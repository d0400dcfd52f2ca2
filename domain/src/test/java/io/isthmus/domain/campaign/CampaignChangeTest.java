package io.isthmus.domain.campaign;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.isthmus.domain.fault.FederationFault;
import io.isthmus.domain.json.Json;
import io.isthmus.domain.template.HotParser;
import io.isthmus.domain.template.HotTemplate;
import io.isthmus.domain.template.PseudoParameters;
import io.isthmus.domain.template.ResourceGraph;
import io.isthmus.domain.template.TemplateSource;
import jakarta.json.JsonObject;
import jakarta.json.JsonValue;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class CampaignChangeTest {

  private static final JsonObject NONE = JsonValue.EMPTY_JSON_OBJECT;

  private static final String TEMPLATE =
      """
      heat_template_version: 2018-08-31
      # the shop
      parameters:
        size: {type: string, default: m1.small}
        picture: {type: string}
        debian-12: {type: string, default: x}
      conditions: {big: true}
      resources:
        web:   # first
          type: OS::Nova::Server
          properties: {flavor: {get_param: size}, image: debian-12}
        spare:
          type: OS::Nova::Server
          properties:
            image: {if: [big, debian-12, {get_param: picture}]}
            flavor: m1.small
            name: {get_param: debian-12}
        disk:
          type: OS::Cinder::Volume
          properties: {size: 1, image: "debian-12"}
        note:
          type: OS::Heat::Value
          properties: {value: debian-12}
        group:
          type: OS::Heat::ResourceGroup
          properties:
            count: 2
            resource_def:
              type: OS::Nova::Server
              properties: {image: debian-12, flavor: m1.small}
        inner:
          type: inner.yaml
          properties: {photo: debian-12}
      """;

  private static final String INNER =
      """
      heat_template_version: 2018-08-31
      parameters:
        photo: {type: string}
        plan: {type: string, default: m1.small}
      resources:
        it: {type: OS::Nova::Server, properties: {image: {get_param: photo}, flavor: {get_param: plan}}}
      """;

  private static final TemplateSource SOURCE =
      new TemplateSource(TEMPLATE, Map.of("inner.yaml", INNER));

  private static JsonObject json(String name, String value) {
    return Json.createObjectBuilder().add(name, value).build();
  }

  @Test
  void renamesAnImageWhereverItIsNamedAndNothingElse() {
    CampaignChange.Changed changed =
        new CampaignChange.Image("debian-12", "debian-13")
            .apply(SOURCE, json("picture", "debian-12"))
            .orElseThrow();
    assertThat(changed.template().text())
        .isEqualTo(
            TEMPLATE
                .replace("image: debian-12", "image: debian-13")
                .replace("[big, debian-12", "[big, debian-13")
                .replace("image: \"debian-12\"", "image: \"debian-13\"")
                .replace("photo: debian-12", "photo: debian-13"));
    assertThat(changed.template().files()).isEqualTo(SOURCE.files());
    assertThat(changed.parameters()).isEqualTo(json("picture", "debian-13"));
  }

  @Test
  void givesAParameterWhoseDefaultNamesTheFlavorAnotherValue() {
    CampaignChange.Changed changed =
        new CampaignChange.Flavor("m1.small", "m1.large")
            .apply(SOURCE, json("picture", "x"))
            .orElseThrow();
    assertThat(changed.parameters()).isEqualTo(json("size", "m1.large"));
    assertThat(changed.template().text())
        .contains("size: {type: string, default: m1.small}")
        .contains("flavor: m1.large");
    assertThat(changed.template().files().get("inner.yaml"))
        .isEqualTo(INNER.replace("default: m1.small", "default: m1.large"));
  }

  @Test
  void isNotConcernedWhereTheNameIsNotUsed() {
    assertThat(new CampaignChange.Image("ubuntu", "debian-13").apply(SOURCE, NONE)).isEmpty();
    // A parameter that has another value.
    TemplateSource one =
        TemplateSource.of(
            """
            heat_template_version: 2018-08-31
            parameters: {p: {type: string, default: a}}
            resources: {w: {type: OS::Nova::Server, properties: {image: {get_param: p}}}}
            """);
    CampaignChange image = new CampaignChange.Image("a", "b");
    assertThat(image.apply(one, json("p", "c"))).isEmpty();
    assertThat(image.apply(one, NONE))
        .map(CampaignChange.Changed::parameters)
        .contains(json("p", "b"));
    CampaignChange.Changed done = image.apply(one, NONE).orElseThrow();
    assertThat(image.apply(done.template(), done.parameters())).isEmpty();
  }

  @Test
  void refusesWhatIsWrittenOverSeveralLines() {
    TemplateSource folded =
        TemplateSource.of(
            """
            heat_template_version: 2018-08-31
            resources:
              w:
                type: OS::Nova::Server
                properties:
                  image: >-
                    debian-12
            """);
    assertThatThrownBy(() -> new CampaignChange.Image("debian-12", "b").apply(folded, NONE))
        .isInstanceOf(FederationFault.class)
        .hasMessageContaining("line 6");
  }

  @Test
  void setsAParameterOnlyWhereItHasAnotherValue() {
    TemplateSource one =
        TemplateSource.of(
            """
            heat_template_version: 2018-08-31
            parameters:
              n: {type: number, default: 3}
              secret: {type: string, hidden: true, default: x}
            resources: {v: {type: OS::Heat::Value, properties: {value: {get_param: n}}}}
            """);
    CampaignChange four = new CampaignChange.Parameter("n", Json.createValue("4"));
    assertThat(four.apply(one, NONE)).isPresent();
    assertThat(four.apply(one, json("n", "4"))).isEmpty();
    assertThat(new CampaignChange.Parameter("n", Json.createValue("3")).apply(one, NONE)).isEmpty();
    assertThat(new CampaignChange.Parameter("m", Json.createValue("3")).apply(one, NONE)).isEmpty();
    assertThat(four.isHiddenBy(one)).isFalse();
    CampaignChange hidden = new CampaignChange.Parameter("secret", Json.createValue("geheim"));
    assertThat(hidden.isHiddenBy(one)).isTrue();
    assertThat(hidden.toString()).doesNotContain("geheim");
    assertThat(hidden.words().toString()).doesNotContain("geheim");
  }

  @Test
  void givesAnotherTemplateToThoseThatHaveTheOneMeant() {
    String fresh = TEMPLATE.replace("the shop", "the new shop");
    CampaignChange change =
        new CampaignChange.Template(
            fresh, Map.of("inner.yaml", INNER), Optional.of(CampaignChange.digest(TEMPLATE)));
    change.check();
    assertThat(change.apply(SOURCE, NONE)).map(done -> done.template().text()).contains(fresh);
    assertThat(change.apply(TemplateSource.of(INNER), NONE)).isEmpty();
    assertThat(change.apply(new TemplateSource(fresh, Map.of("inner.yaml", INNER)), NONE))
        .isEmpty();
  }

  @Test
  void isReadAsItWasWritten() {
    for (CampaignChange change :
        new CampaignChange[] {
          new CampaignChange.Image("a", "b"),
          new CampaignChange.Flavor("a", "b"),
          new CampaignChange.Parameter("p", Json.createArrayBuilder().add(1).build()),
          new CampaignChange.Template(TEMPLATE, Map.of("f", "x"), Optional.empty())
        }) {
      assertThat(CampaignChange.of(change.toJson())).isEqualTo(change);
    }
  }

  @Test
  void refusesWhatChangesNothing() {
    assertThatThrownBy(() -> new CampaignChange.Image("a", "a"))
        .isInstanceOf(FederationFault.class);
    assertThatThrownBy(() -> new CampaignChange.Flavor(null, "a"))
        .isInstanceOf(FederationFault.class);
    assertThatThrownBy(() -> new CampaignChange.Parameter("p", JsonValue.NULL))
        .isInstanceOf(FederationFault.class);
    assertThatThrownBy(() -> new CampaignChange.Template("x", Map.of(), Optional.of("abc")))
        .isInstanceOf(FederationFault.class);
  }

  private static ResourceGraph graph(TemplateSource source) {
    HotTemplate template = new HotParser().parse(source);
    return template.graph(template.bind(Map.of(), new PseudoParameters("stack", "id", "project")));
  }

  private static final String BALANCED =
      """
      heat_template_version: 2018-08-31
      parameters: {how: {type: string, default: TERMINATED_HTTPS}}
      resources:
        open:
          type: OS::Octavia::Listener
          properties: {loadbalancer: lb, protocol: TERMINATED_HTTPS, protocol_port: 443, default_tls_container_ref: c}
        block:
          type: OS::Octavia::Listener
          properties:
            loadbalancer: lb
            # ends TLS
            protocol: TERMINATED_HTTPS
            protocol_port: 8443
            default_tls_container_ref: c
            tls_versions:
            - TLSv1.1  # for old phones
            - TLSv1.2
        old:
          type: OS::Octavia::Listener
          properties: {loadbalancer: lb, protocol: TERMINATED_HTTPS, protocol_port: 9443, default_tls_container_ref: c, tls_versions: [SSLv3, "TLSv1"]}
        plain:
          type: OS::Octavia::Listener
          properties: {loadbalancer: lb, protocol: HTTP, protocol_port: 80}
        kept:
          type: OS::Octavia::Listener
          properties: {loadbalancer: lb, protocol: TERMINATED_HTTPS, protocol_port: 444, default_tls_container_ref: c, tls_versions: [TLSv1.3]}
      """;

  @Test
  void aTlsFloorIsWrittenWhereTlsEndsAndNowhereElse() {
    CampaignChange floor = CampaignChange.TlsFloor.of("TLSv1.2");
    TemplateSource source = new TemplateSource(BALANCED, Map.of());
    TemplateSource changed = floor.apply(source, NONE).orElseThrow().template();
    assertThat(changed.text())
        .contains(
            "{loadbalancer: lb, tls_versions: [TLSv1.2, TLSv1.3], protocol: TERMINATED_HTTPS,"
                + " protocol_port: 443,",
            "      # ends TLS\n      tls_versions: [TLSv1.2, TLSv1.3]".substring(0, 16),
            "      tls_versions:\n      - TLSv1.2\n",
            "9443, default_tls_container_ref: c, tls_versions: [TLSv1.2, TLSv1.3]}",
            "protocol: HTTP, protocol_port: 80}",
            "tls_versions: [TLSv1.3]}");
    assertThat(floor.isLeftIn(graph(source))).isTrue();
    assertThat(floor.isLeftIn(graph(changed))).isFalse();
    assertThat(floor.apply(changed, NONE)).isEmpty();
    assertThat(CampaignChange.of(floor.toJson())).isEqualTo(floor);
  }

  @Test
  void aTlsFloorThatAnExpressionHidesIsTold() {
    CampaignChange floor = CampaignChange.TlsFloor.of("TLSv1.3");
    TemplateSource hidden =
        new TemplateSource(
            BALANCED
                .substring(0, BALANCED.indexOf("  block:"))
                .replace("protocol: TERMINATED_HTTPS", "protocol: {get_param: how}"),
            Map.of());
    assertThat(floor.apply(hidden, NONE)).isEmpty();
    assertThat(floor.isLeftIn(graph(hidden))).isTrue();
  }

  @Test
  void aTlsFloorReachesNestedTemplates() {
    CampaignChange floor = CampaignChange.TlsFloor.of("TLSv1.3");
    TemplateSource nested =
        new TemplateSource(
            "heat_template_version: 2018-08-31\nresources: {a: {type: tier.yaml}}\n",
            Map.of("tier.yaml", BALANCED, "script.sh", "tls: [unclosed"));
    TemplateSource changed = floor.apply(nested, NONE).orElseThrow().template();
    assertThat(changed.text()).isEqualTo(nested.text());
    assertThat(changed.files().get("script.sh")).isEqualTo("tls: [unclosed");
    assertThat(floor.isLeftIn(graph(changed))).isFalse();
  }

  @Test
  void anUnknownVersionOfTlsIsRefusedByName() {
    assertThatThrownBy(() -> CampaignChange.TlsFloor.of("1.2"))
        .isInstanceOf(FederationFault.class)
        .hasMessageContaining("1.2");
  }
}
