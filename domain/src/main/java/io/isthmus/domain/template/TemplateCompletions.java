package io.isthmus.domain.template;

import io.isthmus.domain.template.function.Conditions;
import io.isthmus.domain.template.function.HotFunctions;
import io.isthmus.domain.template.type.ResourceTypes;
import io.isthmus.domain.yaml.Suggestion;
import io.isthmus.domain.yaml.Suggestion.Kind;
import io.isthmus.domain.yaml.YamlCaret;
import io.isthmus.domain.yaml.YamlCaret.Slot;
import io.isthmus.domain.yaml.YamlOutline;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * What may be written at a place of a template: keys, types, properties, functions, and what the
 * template itself names. It is drawn from the tables that the parser checks by, so that what is
 * offered is accepted; the template need not be complete.
 */
public final class TemplateCompletions {

  private static final String PROPERTIES = "properties";
  private static final String RESOURCES = "resources";
  private static final String PARAMETERS = "parameters";
  private static final List<String> BOOLEANS = List.of("true", "false");

  /** Endings of files that a type may name. */
  private static final List<String> TEMPLATE_FILES = List.of(".yaml", ".yml", ".template");

  private final YamlCaret caret;
  private final TemplateSource source;
  private final TemplateVersion version;
  private final List<Suggestion> found = new ArrayList<>();

  private TemplateCompletions(YamlCaret caret, TemplateSource source) {
    this.caret = caret;
    this.source = source;
    TemplateVersion[] all = TemplateVersion.values();
    this.version =
        caret
            .outline()
            .value(HotParser.VERSION)
            .flatMap(TemplateVersion::find)
            .orElse(all[all.length - 1]);
  }

  /**
   * Suggests what may be written.
   *
   * @param source the template, with the files and the registry that give it more types
   * @param line 1-based
   * @param column how many characters stand before the caret on its line
   * @return in the order in which they are best shown; empty where nothing can be told
   */
  public static List<Suggestion> at(TemplateSource source, int line, int column) {
    TemplateCompletions completions =
        new TemplateCompletions(YamlCaret.at(source.text(), line, column), source);
    completions.collect();
    return List.copyOf(completions.found);
  }

  private void collect() {
    if (caret.slot() == Slot.NOTHING || arguments()) {
      return;
    }
    if (caret.path().isEmpty()) {
      keys(HotParser.SECTIONS, Kind.KEY);
      keys(version.hasConditions() ? List.of(HotParser.CONDITIONS) : List.of(), Kind.KEY);
      return;
    }
    switch (caret.path().get(0)) {
      case HotParser.VERSION -> words(newestFirst(), Kind.VALUE);
      case PARAMETERS -> parameter();
      case "parameter_groups" -> group();
      case HotParser.CONDITIONS -> condition();
      case RESOURCES -> resource();
      case "outputs" -> output();
      default -> {}
    }
  }

  private static List<String> newestFirst() {
    List<String> dates = new ArrayList<>();
    for (TemplateVersion version : TemplateVersion.values()) {
      dates.add(0, version.date());
    }
    return dates;
  }

  // ---- what functions are given

  /** Whether the caret is where a function's argument goes; then only such are offered. */
  private boolean arguments() {
    int size = caret.path().size();
    boolean item = caret.last().equals(YamlOutline.ITEM);
    String function = item && size > 1 ? caret.path().get(size - 2) : caret.last();
    switch (function) {
      case "get_param" -> {
        references(parameters(), "a parameter");
        references(PseudoParameters.NAMES, "of every template");
      }
      case "get_resource" -> references(resources(), "a resource");
      case "get_attr" -> {
        if (caret.items().isEmpty()) {
          references(resources(), "a resource");
        } else if (caret.items().size() == 1) {
          attributes(caret.items().get(0));
        }
      }
      case "if" -> {
        if (!item || !caret.items().isEmpty()) {
          return false;
        }
        references(conditions(), "a condition");
      }
      case "condition" -> {
        references(conditions(), "a condition");
        conditionFunctions();
      }
      default -> {
        return false;
      }
    }
    return true;
  }

  private List<String> parameters() {
    return caret.outline().keys(PARAMETERS);
  }

  private List<String> resources() {
    return caret.outline().keys(RESOURCES);
  }

  private List<String> conditions() {
    return caret.outline().keys(HotParser.CONDITIONS);
  }

  private void attributes(String resource) {
    typeOf(resource)
        .ifPresent(
            type ->
                type.attributes()
                    .forEach(
                        (name, detail) ->
                            found.add(Suggestion.word(name, Kind.REFERENCE, detail))));
    caret
        .outline()
        .value(RESOURCES, resource, "type")
        .flatMap(this::nested)
        .ifPresent(inner -> references(inner.keys("outputs"), "an output"));
  }

  private Optional<ResourceType> typeOf(String resource) {
    return caret.outline().value(RESOURCES, resource, "type").flatMap(this::type);
  }

  private Optional<ResourceType> type(String name) {
    return ResourceTypes.find(source.registry().getOrDefault(name, name));
  }

  /** The template that a type's name stands for. */
  private Optional<YamlOutline> nested(String type) {
    return Optional.ofNullable(source.files().get(source.registry().getOrDefault(type, type)))
        .map(text -> YamlCaret.at(text, 1, 0).outline());
  }

  /** Types that the environment names, and files that are templates. */
  private List<String> ownTypes() {
    return Stream.concat(
            source.registry().keySet().stream().filter(name -> !name.endsWith("*")),
            source.files().keySet().stream()
                .filter(name -> TEMPLATE_FILES.stream().anyMatch(name::endsWith)))
        .distinct()
        .sorted()
        .toList();
  }

  // ---- sections

  private void parameter() {
    if (caret.isAt(PARAMETERS, "*")) {
      keys(ParameterReader.KEYS, Kind.KEY);
    } else if (caret.isAt(PARAMETERS, "*", "type")) {
      words(ParameterType.names(), Kind.VALUE);
    } else if (caret.isAt(PARAMETERS, "*", "hidden") || caret.isAt(PARAMETERS, "*", "immutable")) {
      words(BOOLEANS, Kind.VALUE);
    } else if (caret.isAt(PARAMETERS, "*", "constraints", "*")) {
      keys(ParameterReader.CONSTRAINTS, Kind.KEY);
      keys(List.of("description"), Kind.KEY);
    } else if (caret.isAt(PARAMETERS, "*", "constraints", "*", "custom_constraint")) {
      words(CustomConstraints.names(), Kind.VALUE);
    } else if (caret.isAt(PARAMETERS, "*", "constraints", "*", "length")
        || caret.isAt(PARAMETERS, "*", "constraints", "*", "range")) {
      keys(List.of("min", "max"), Kind.KEY);
    }
  }

  private void group() {
    if (caret.isAt("parameter_groups", "*")) {
      keys(ParameterGroupReader.KEYS, Kind.KEY);
    } else if (caret.isAt("parameter_groups", "*", PARAMETERS, "*")) {
      references(parameters(), "a parameter");
    }
  }

  private void condition() {
    if (caret.path().size() > 1) {
      conditionFunctions();
      if (caret.path().size() > 2) {
        references(conditions(), "a condition");
      }
    }
  }

  private void conditionFunctions() {
    functions(Conditions.FUNCTIONS);
  }

  private void output() {
    if (caret.isAt("outputs", "*")) {
      keys(HotParser.OUTPUT_KEYS, Kind.KEY);
      keys(version.hasConditions() ? List.of("condition") : List.of(), Kind.KEY);
    } else if (caret.path().size() > 2 && caret.path().get(2).equals("value")) {
      functions(functionsOfVersion());
    }
  }

  private void resource() {
    if (caret.isAt(RESOURCES, "*")) {
      keys(ResourceReader.KEYS, Kind.KEY);
      keys(version.hasConditions() ? List.of("condition") : List.of(), Kind.KEY);
    } else if (caret.isAt(RESOURCES, "*", "type") || isTypeOfMembers()) {
      ownTypes().forEach(name -> found.add(Suggestion.word(name, Kind.TYPE, "of this stack")));
      ResourceTypes.all()
          .values()
          .forEach(type -> found.add(Suggestion.word(type.name(), Kind.TYPE, type.serviceType())));
    } else if (caret.isAt(RESOURCES, "*", "depends_on")
        || caret.isAt(RESOURCES, "*", "depends_on", "*")) {
      references(
          resources().stream().filter(name -> !name.equals(caret.path().get(1))).toList(),
          "a resource");
    } else if (caret.isAt(RESOURCES, "*", "deletion_policy")) {
      words(
          version.isAtLeast(TemplateVersion.V2016_10_14)
              ? List.of("delete", "retain")
              : List.of("Delete", "Retain"),
          Kind.VALUE);
    } else {
      property();
    }
  }

  private boolean isTypeOfMembers() {
    int size = caret.path().size();
    return size > 1
        && caret.last().equals("type")
        && caret.path().get(size - 2).equals("resource_def");
  }

  // ---- properties

  /** Properties of the innermost resource whose type is written beside them. */
  private void property() {
    int properties = caret.path().lastIndexOf(PROPERTIES);
    if (properties < 0) {
      return;
    }
    String name = caret.beside(properties, "type");
    List<String> path = caret.path().subList(properties + 1, caret.path().size());
    type(name).ifPresent(type -> schema(type.properties(), path));
    nested(name)
        .ifPresent(
            inner -> {
              if (path.isEmpty()) {
                keys(inner.keys(PARAMETERS), Kind.PROPERTY);
              } else {
                functions(functionsOfVersion());
              }
            });
  }

  private void schema(Map<String, PropertySchema> top, List<String> path) {
    if (path.isEmpty()) {
      members(top);
      return;
    }
    Optional<PropertySchema> schema = Optional.ofNullable(top.get(path.get(0)));
    for (String key : path.subList(1, path.size())) {
      schema = schema.flatMap(outer -> outer.member(key));
    }
    schema.ifPresent(
        found -> {
          members(found.members());
          values(found);
        });
    functions(functionsOfVersion());
  }

  private void members(Map<String, PropertySchema> members) {
    if (!caret.takesKey()) {
      return;
    }
    members.values().stream()
        .filter(member -> !member.name().equals(YamlOutline.ITEM))
        .filter(member -> !caret.written().contains(member.name()))
        .sorted((a, b) -> Boolean.compare(b.required(), a.required()))
        .map(member -> Suggestion.key(member.name(), Kind.PROPERTY, detail(member)))
        .forEach(found::add);
  }

  private static String detail(PropertySchema member) {
    return member.required() ? "required. " + member.description() : member.description();
  }

  private void values(PropertySchema schema) {
    if (!caret.takesValue()) {
      return;
    }
    if (schema.type() == PropertySchema.Type.BOOLEAN) {
      words(BOOLEANS, Kind.VALUE);
    }
    for (ValueConstraint constraint : schema.constraints()) {
      if (constraint instanceof ValueConstraint.AllowedValues allowed) {
        words(allowed.values(), Kind.VALUE);
      }
    }
    if (schema.type() == PropertySchema.Type.LIST && caret.slot() == Slot.VALUE) {
      return;
    }
    for (String resource : resources()) {
      typeOf(resource)
          .filter(type -> schema.refersTo().contains(type.name()))
          .ifPresent(type -> call("get_resource", resource, type.name()));
    }
    if (schema.type() != PropertySchema.Type.MAP) {
      parameters().forEach(name -> call("get_param", name, "a parameter"));
    }
  }

  private void call(String function, String argument, String detail) {
    String text = "{ " + function + ": " + argument + " }";
    found.add(new Suggestion(text, text, Kind.REFERENCE, detail));
  }

  // ---- adding

  private List<String> functionsOfVersion() {
    return HotFunctions.names().stream().filter(version.functions()::contains).toList();
  }

  /** A function begins a map of its own, where nothing else is written yet. */
  private void functions(Collection<String> names) {
    if (caret.takesKey() && caret.written().isEmpty()) {
      names.forEach(name -> found.add(Suggestion.key(name, Kind.FUNCTION, "")));
    } else if (caret.slot() == Slot.VALUE || caret.slot() == Slot.FLOW_ITEM) {
      names.forEach(
          name ->
              found.add(
                  new Suggestion(name, "{ " + name + ": ", Kind.FUNCTION, "{ " + name + " }")));
    }
  }

  private void keys(Collection<String> names, Kind kind) {
    if (caret.takesKey()) {
      names.stream()
          .filter(name -> !caret.written().contains(name))
          .forEach(name -> found.add(Suggestion.key(name, kind, "")));
    }
  }

  private void words(Collection<String> words, Kind kind) {
    if (caret.takesValue()) {
      words.forEach(word -> found.add(Suggestion.word(word, kind, "")));
    }
  }

  private void references(Collection<String> names, String detail) {
    if (caret.takesValue()) {
      names.stream()
          .filter(name -> !caret.items().contains(name))
          .forEach(name -> found.add(Suggestion.word(name, Kind.REFERENCE, detail)));
    }
  }
}
