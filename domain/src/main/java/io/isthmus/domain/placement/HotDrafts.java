package io.isthmus.domain.placement;

import io.isthmus.domain.access.ProjectId;
import io.isthmus.domain.json.Json;
import io.isthmus.domain.template.Environment;
import io.isthmus.domain.template.EnvironmentParser;
import io.isthmus.domain.template.HotParser;
import io.isthmus.domain.template.HotTemplate;
import io.isthmus.domain.template.KeptImage;
import io.isthmus.domain.template.ParameterDefinition;
import io.isthmus.domain.template.ParameterValues;
import io.isthmus.domain.template.PseudoParameters;
import io.isthmus.domain.template.ResourceGraph;
import io.isthmus.domain.template.TemplateSource;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.json.JsonObject;
import jakarta.json.JsonObjectBuilder;
import java.util.Map;
import java.util.TreeMap;

/** Reads HOT for planning. */
@ApplicationScoped
public class HotDrafts implements Drafts {

  /** Stands for the id of a stack that does not exist yet. */
  private static final String NO_ID = "00000000-0000-0000-0000-000000000000";

  private final HotParser parser = new HotParser();
  private final EnvironmentParser environments = new EnvironmentParser();

  @Override
  public Draft read(
      ProjectId project,
      String name,
      TemplateSource source,
      String environment,
      JsonObject parameters) {
    Environment settings = environments.parse(environment);
    TemplateSource whole =
        settings.registry().isEmpty() ? source : source.with(settings.registry());
    HotTemplate template = parser.parse(whole);
    JsonObject given = settings.apply(template, parameters);
    ParameterValues values =
        template.bind(given, new PseudoParameters(name, NO_ID, project.toString()));
    JsonObject all = values.shown();
    JsonObjectBuilder shown = Json.createObjectBuilder();
    for (ParameterDefinition parameter : template.parameters()) {
      if (all.containsKey(parameter.name())) {
        shown.add(parameter.name(), all.get(parameter.name()));
      }
    }
    ResourceGraph graph = template.graph(values);
    TemplateSource kept = whole.withKeyPairs(named(graph, whole)).withImages(namedImages(graph));
    return new Draft(graph, kept, given, shown.build());
  }

  /** Of the project's images, those that servers and volumes name. */
  private static Map<String, KeptImage> namedImages(ResourceGraph graph) {
    Map<String, KeptImage> named = new TreeMap<>();
    graph
        .nodes()
        .forEach(
            node ->
                node.keptImageName()
                    .ifPresent(name -> named.put(name, node.keptImage().orElseThrow())));
    return named;
  }

  /** Of the project's key pairs, those that servers name: what is kept with a plan. */
  private static Map<String, String> named(ResourceGraph graph, TemplateSource source) {
    Map<String, String> named = new TreeMap<>();
    graph.nodes().stream()
        .flatMap(node -> node.keptKeyPair().stream())
        .forEach(name -> named.put(name, source.keyPairs().get(name)));
    return named;
  }
}
