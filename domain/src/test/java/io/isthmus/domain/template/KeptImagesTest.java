package io.isthmus.domain.template;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import io.isthmus.domain.fault.FaultCode;
import io.isthmus.domain.fault.FederationFault;
import io.isthmus.domain.json.Json;
import jakarta.json.JsonObjectBuilder;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/** Servers and volumes that name an image of their project. */
class KeptImagesTest {

  private static final KeptImage DEBIAN =
      new KeptImage("id-1", 1000, "qcow2", 10, 512, "ab".repeat(64));

  private static final String ALL =
      """
      heat_template_version: 2018-08-31
      parameters:
        image: {type: string, constraints: [{custom_constraint: glance.image}]}
      resources:
        web:
          type: OS::Heat::ResourceGroup
          properties:
            count: 2
            resource_def:
              type: OS::Nova::Server
              properties: {flavor: m1, image: {get_param: image}}
        db:
          type: OS::Nova::Server
          properties:
            flavor: m1
            block_device_mapping_v2:
              - {image: debian, boot_index: 0, volume_size: 10}
              - {image: cirros, boot_index: 1, volume_size: 10}
        disk: {type: OS::Cinder::Volume, properties: {size: 10, image: debian}}
        foreign: {type: OS::Nova::Server, properties: {flavor: m1, image: ubuntu}}
      """;

  private static ResourceGraph graph(String text, Map<String, String> given) {
    JsonObjectBuilder parameters = Json.createObjectBuilder();
    given.forEach(parameters::add);
    HotTemplate template =
        new HotParser().parse(TemplateSource.of(text).withImages(Map.of("debian", DEBIAN)));
    return template.graph(
        template.bind(parameters.build(), new PseudoParameters("shop", "id", "acme/demo")));
  }

  private static ResourceNode node(ResourceGraph graph, String path) {
    return graph.find(path).orElseThrow();
  }

  @Test
  void anImageOfThatNameIsAmongTheResourcesAndAllReferToIt() {
    ResourceGraph graph = graph(ALL, Map.of("image", "debian"));

    ResourceNode image = node(graph, "image-debian");
    assertThat(image.type().footing()).isEqualTo(Footing.STRETCHED);
    assertThat(image.keptImageName()).contains("debian");
    assertThat(image.keptImage()).contains(DEBIAN);
    assertThat(image.knownProperties().getString("id")).isEqualTo("id-1");
    for (String user : List.of("web/0", "web/1", "disk")) {
      assertThat(node(graph, user).references())
          .containsExactly(
              new ResourceReference(Optional.of("image"), "image-debian", Optional.empty(), true));
    }
    assertThat(node(graph, "db").references())
        .containsExactly(
            new ResourceReference(
                Optional.of("block_device_mapping_v2.0.image"),
                "image-debian",
                Optional.empty(),
                true));
    assertThat(node(graph, "foreign").references()).isEmpty();
    assertThat(node(graph, "foreign").knownProperties().getString("image")).isEqualTo("ubuntu");
  }

  @Test
  void aNameThatIsNotKeptStaysAsItIs() {
    ResourceGraph graph = graph(ALL, Map.of("image", "cirros"));

    assertThat(node(graph, "web/0").references()).isEmpty();
    assertThat(node(graph, "web/0").knownProperties().getString("image")).isEqualTo("cirros");
  }

  @Test
  void aHiddenNameBecomesNoPartOfAResourcesName() {
    ResourceGraph graph =
        graph(
            ALL.replace("image: {type: string,", "image: {type: string, hidden: true,"),
            Map.of("image", "debian"));

    assertThat(node(graph, "web/0").references()).isEmpty();
  }

  /** Else it could name another project's image by its id. */
  @Test
  void noTemplateCanWriteOneItself() {
    String own =
        """
        heat_template_version: 2018-08-31
        resources:
          image: {type: OS::Glance::Image, properties: {name: x, id: id-2, size: 1, sha512: x}}
        """;
    String alias =
        """
        heat_template_version: 2018-08-31
        resources:
          image: {type: Mine, properties: {name: x, id: id-2, size: 1, sha512: x}}
        """;

    assertThat(catchThrowableOfType(FederationFault.class, () -> graph(own, Map.of())).code())
        .isEqualTo(FaultCode.TEMPLATE_INVALID);
    assertThat(
            catchThrowableOfType(
                    FederationFault.class,
                    () ->
                        new HotParser()
                            .parse(
                                new TemplateSource(
                                    alias, Map.of(), Map.of("Mine", "OS::Glance::Image"))))
                .code())
        .isEqualTo(FaultCode.TEMPLATE_INVALID);
  }

  @Test
  void isReadBackAsItIsKept() {
    assertThat(KeptImage.of(DEBIAN.toJson())).isEqualTo(DEBIAN);
  }
}
