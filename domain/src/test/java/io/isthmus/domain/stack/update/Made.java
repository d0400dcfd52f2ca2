package io.isthmus.domain.stack.update;

import io.isthmus.domain.cloud.CloudId;
import io.isthmus.domain.json.Json;
import io.isthmus.domain.placement.PartId;
import io.isthmus.domain.placement.PlannedPart;
import io.isthmus.domain.stack.PartChange;
import io.isthmus.domain.stack.PartState;
import io.isthmus.domain.stack.StackHealth;
import io.isthmus.domain.stack.StackPart;
import io.isthmus.domain.stack.StackStatus;
import io.isthmus.domain.template.Footing;
import io.isthmus.domain.template.HotParser;
import io.isthmus.domain.template.HotTemplate;
import io.isthmus.domain.template.PseudoParameters;
import io.isthmus.domain.template.ResourceGraph;
import io.isthmus.domain.template.ResourceNode;
import io.isthmus.domain.template.TemplateSource;
import jakarta.json.JsonObject;
import jakarta.json.JsonValue;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** A stack that was made from a template, every resource of it complete in one region. */
final class Made {

  static final Instant NOW = Instant.parse("2026-11-27T00:00:00Z");
  private static final CloudId GRA = new CloudId("gra");

  final ResourceGraph graph;
  final List<PlannedPart> planned = new ArrayList<>();
  private final Map<String, StackStatus> statuses = new HashMap<>();
  private final Map<String, JsonObject> attributes = new HashMap<>();

  private Made(ResourceGraph graph) {
    this.graph = graph;
    for (ResourceNode node : graph.nodes()) {
      if (node.type().footing() != Footing.COMPUTED) {
        planned.add(
            new PlannedPart(
                new PartId(node.path(), GRA, "R1"),
                node.type().name(),
                Optional.empty(),
                List.of(),
                Set.of(),
                Map.of(),
                Optional.empty()));
      }
    }
  }

  /** From the resources of a template. */
  static Made of(String resources) {
    HotTemplate template =
        new HotParser()
            .parse(
                TemplateSource.of("heat_template_version: 2021-04-16\nresources:\n" + resources));
    return new Made(
        template.graph(template.bind(Map.of(), new PseudoParameters("shop", "1", "acme/demo"))));
  }

  /** One of them came only so far. */
  Made is(String resource, StackStatus status) {
    statuses.put(resource, status);
    return this;
  }

  Made tells(String resource, String attribute, JsonValue value) {
    attributes.put(resource, Json.createObjectBuilder().add(attribute, value).build());
    return this;
  }

  /** Its parts go where they say, instead of where they were. */
  Made in(String resource, String cloud, String zone) {
    planned.replaceAll(
        part ->
            part.id().resource().equals(resource)
                ? new PlannedPart(
                    new PartId(resource, new CloudId(cloud), "R1"),
                    part.type(),
                    Optional.ofNullable(zone),
                    part.resolutions(),
                    part.requires(),
                    part.counts(),
                    part.measure())
                : part);
    return this;
  }

  List<StackPart> parts() {
    List<StackPart> parts = new ArrayList<>();
    for (PlannedPart part : planned) {
      ResourceNode node = graph.find(part.id().resource()).orElseThrow();
      StackStatus status = statuses.getOrDefault(part.id().resource(), StackStatus.CREATED);
      boolean there = status.equals(StackStatus.CREATED);
      parts.add(
          StackPart.planned(part, node.deletionPolicy(), NOW)
              .with(
                  PartState.initial(NOW)
                      .known(
                          there ? Optional.of("id-of-" + part.id().resource()) : Optional.empty(),
                          Optional.empty(),
                          attributes.getOrDefault(
                              part.id().resource(), JsonValue.EMPTY_JSON_OBJECT),
                          NOW)
                      .in(status, StackHealth.HEALTHY, NOW)));
    }
    return parts;
  }

  Compared to(Made after) {
    return Comparison.of(graph, parts(), after.graph, after.planned);
  }

  static PartChange of(Compared compared, String resource) {
    return compared.parts().stream()
        .filter(change -> change.id().resource().equals(resource))
        .findFirst()
        .orElseThrow();
  }
}
