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
import jakarta.json.JsonValue;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Collectors;

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
    return read(
        source,
        environment,
        Set.of(),
        JsonValue.EMPTY_JSON_OBJECT,
        parameters,
        new PseudoParameters(name, NO_ID, project.toString()));
  }

  @Override
  public Draft reread(
      StandingStack stack,
      TemplateSource source,
      String environment,
      JsonObject kept,
      JsonObject parameters) {
    return read(
        source,
        environment,
        secrets(stack),
        kept,
        parameters,
        new PseudoParameters(stack.name(), stack.id().toString(), stack.project().toString()));
  }

  /** Names of the stack's hidden parameters. */
  private Set<String> secrets(StandingStack stack) {
    return parser.parse(stack.template()).parameters().stream()
        .filter(ParameterDefinition::hidden)
        .map(ParameterDefinition::name)
        .collect(Collectors.toSet());
  }

  /**
   * What is kept of a stack's parameters. The value of a hidden one is not when it would not be
   * hidden any more: whoever may update a stack could read it so.
   */
  private static JsonObject keepable(JsonObject kept, Set<String> secrets, HotTemplate template) {
    JsonObjectBuilder keepable = Json.createObjectBuilder(kept);
    template.parameters().stream()
        .filter(parameter -> secrets.contains(parameter.name()) && !parameter.hidden())
        .forEach(parameter -> keepable.remove(parameter.name()));
    return keepable.build();
  }

  private Draft read(
      TemplateSource source,
      String environment,
      Set<String> secrets,
      JsonObject kept,
      JsonObject parameters,
      PseudoParameters pseudo) {
    Environment settings = environments.parse(environment);
    TemplateSource whole =
        settings.registry().isEmpty() ? source : source.with(settings.registry());
    HotTemplate template = parser.parse(whole);
    JsonObject given = settings.apply(template, keepable(kept, secrets, template), parameters);
    ParameterValues values = template.bind(given, pseudo);
    JsonObject all = values.shown();
    JsonObjectBuilder shown = Json.createObjectBuilder();
    for (ParameterDefinition parameter : template.parameters()) {
      if (all.containsKey(parameter.name())) {
        shown.add(parameter.name(), all.get(parameter.name()));
      }
    }
    ResourceGraph graph = template.graph(values);
    TemplateSource named = whole.withKeyPairs(named(graph, whole)).withImages(namedImages(graph));
    return new Draft(graph, named, given, shown.build());
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
