package io.isthmus.domain.campaign;

import io.isthmus.domain.fault.FaultCode;
import io.isthmus.domain.fault.FederationFault;
import io.isthmus.domain.json.Json;
import io.isthmus.domain.language.Phrase;
import io.isthmus.domain.template.CatalogKind;
import io.isthmus.domain.template.Environment;
import io.isthmus.domain.template.PropertySchema;
import io.isthmus.domain.template.ResourceGraph;
import io.isthmus.domain.template.ResourceNode;
import io.isthmus.domain.template.ResourceType;
import io.isthmus.domain.template.TemplateSource;
import io.isthmus.domain.template.type.ResourceTypes;
import io.isthmus.domain.yaml.YamlEdit;
import io.isthmus.domain.yaml.YamlNode;
import io.isthmus.domain.yaml.YamlReader;
import jakarta.json.JsonArray;
import jakarta.json.JsonObject;
import jakarta.json.JsonObjectBuilder;
import jakarta.json.JsonString;
import jakarta.json.JsonValue;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * Has a template name another thing of clouds' catalogs where it names one: in properties, in the
 * values of parameters that go there, and in nested templates. What an expression puts together is
 * not seen; {@link #isIn} tells of it. Pure.
 */
final class Renaming {

  private static final int MOST_ALIASES = 10;

  private final CatalogKind kind;
  private final String from;
  private final String to;

  Renaming(CatalogKind kind, String from, String to) {
    this.kind = kind;
    this.from = from;
    this.to = to;
  }

  /**
   * @return empty when nothing of it names the thing
   * @throws FederationFault TEMPLATE_INVALID
   */
  Optional<CampaignChange.Changed> apply(TemplateSource template, JsonObject parameters) {
    return new Run(template, parameters).done();
  }

  /** Whether a graph names the thing, however its template says so. */
  boolean isIn(ResourceGraph graph) {
    return graph.nodes().stream().anyMatch(this::isIn);
  }

  private boolean isIn(ResourceNode node) {
    return kind == CatalogKind.IMAGE && node.keptImageName().filter(from::equals).isPresent()
        || node.knownProperties().entrySet().stream()
            .anyMatch(
                entry -> {
                  PropertySchema schema = node.type().properties().get(entry.getKey());
                  return schema != null && isIn(entry.getValue(), schema);
                });
  }

  private boolean isIn(JsonValue value, PropertySchema schema) {
    if (isMeant(schema)) {
      return value instanceof JsonString text && text.getString().equals(from);
    }
    if (value instanceof JsonArray list) {
      return schema
          .member("*")
          .filter(item -> list.stream().anyMatch(one -> isIn(one, item)))
          .isPresent();
    }
    return value instanceof JsonObject map
        && map.entrySet().stream()
            .anyMatch(
                entry ->
                    schema
                        .member(entry.getKey())
                        .filter(member -> isIn(entry.getValue(), member))
                        .isPresent());
  }

  private boolean isMeant(PropertySchema schema) {
    return schema.catalog().filter(kind::equals).isPresent();
  }

  /** One template with its nested ones. */
  private final class Run {

    private final TemplateSource source;
    private final JsonObject parameters;
    private final Map<String, Document> files = new LinkedHashMap<>();

    Run(TemplateSource source, JsonObject parameters) {
      this.source = source;
      this.parameters = parameters;
    }

    Optional<CampaignChange.Changed> done() {
      Document outer = new Document(source.text());
      outer.read();
      JsonObjectBuilder given = Json.createObjectBuilder();
      outer.named.stream()
          .filter(name -> outer.value(name, parameters).filter(from::equals).isPresent())
          .forEach(name -> given.add(name, to));
      nestedDefaults().ifPresent(defaults -> given.add(Environment.NESTED_DEFAULTS, defaults));
      Map<String, String> texts = new LinkedHashMap<>(source.files());
      files.forEach((file, document) -> texts.put(file, document.withDefaults()));
      String text = outer.edit.done();
      JsonObject values = given.build();
      if (values.isEmpty() && text.equals(source.text()) && texts.equals(source.files())) {
        return Optional.empty();
      }
      return Optional.of(
          new CampaignChange.Changed(
              new TemplateSource(
                  text, texts, source.registry(), source.keyPairs(), source.images()),
              values));
    }

    /** What an environment gave to nested templates. */
    private Optional<JsonObject> nestedDefaults() {
      if (!(parameters.get(Environment.NESTED_DEFAULTS) instanceof JsonObject defaults)) {
        return Optional.empty();
      }
      JsonObjectBuilder changed = Json.createObjectBuilder(defaults);
      boolean any = false;
      for (Document nested : files.values()) {
        for (String name : nested.named) {
          if (defaults.get(name) instanceof JsonString text && text.getString().equals(from)) {
            changed.add(name, to);
            any = true;
          }
        }
      }
      return any ? Optional.of(changed.build()) : Optional.empty();
    }

    private Optional<Document> nested(String type) {
      String target = type;
      for (int i = 0; i < MOST_ALIASES && source.registry().containsKey(target); i++) {
        target = source.registry().get(target);
      }
      String text = source.files().get(target);
      if (text == null) {
        return Optional.empty();
      }
      Document known = files.get(target);
      if (known == null) {
        known = new Document(text);
        // Before it is read: a template that uses itself ends here.
        files.put(target, known);
        known.read();
      }
      return Optional.of(known);
    }

    private final class Document {

      private final YamlEdit edit;
      private final YamlNode root;

      /** Parameters whose value goes where the thing is named. */
      private final Set<String> named = new LinkedHashSet<>();

      Document(String text) {
        edit = new YamlEdit(text);
        root = new YamlReader(FaultCode.TEMPLATE_INVALID).read(text);
      }

      void read() {
        section("resources").ifPresent(all -> all.entries().values().forEach(this::resource));
      }

      private Optional<YamlNode.Mapping> section(String name) {
        return mapping(root).flatMap(map -> map.find(name)).flatMap(Run::mapping);
      }

      private void resource(YamlNode.Entry entry) {
        mapping(entry.value()).ifPresent(this::resource);
      }

      private void resource(YamlNode.Mapping definition) {
        Optional<String> type = definition.find("type").flatMap(Run::text);
        Optional<YamlNode.Mapping> properties = definition.find("properties").flatMap(Run::mapping);
        if (type.isEmpty() || properties.isEmpty()) {
          return;
        }
        Optional<Document> template = nested(type.get());
        if (template.isPresent()) {
          template.get().named.stream()
              .flatMap(name -> properties.get().find(name).stream())
              .forEach(this::name);
          return;
        }
        Map<String, PropertySchema> schemas =
            ResourceTypes.find(type.get()).map(ResourceType::properties).orElse(Map.of());
        properties.get().entries().values().stream()
            .filter(one -> schemas.containsKey(one.key()))
            .forEach(one -> property(one.value(), schemas.get(one.key())));
      }

      private void property(YamlNode value, PropertySchema schema) {
        if (isMeant(schema)) {
          name(value);
        } else if (value instanceof YamlNode.Sequence list) {
          schema.member("*").ifPresent(item -> list.items().forEach(one -> property(one, item)));
        } else if (value instanceof YamlNode.Mapping map) {
          if (schema.name().equals("resource_def")) {
            resource(map);
          }
          map.entries()
              .values()
              .forEach(
                  one ->
                      schema.member(one.key()).ifPresent(member -> property(one.value(), member)));
        }
      }

      /** Where the thing may be named: by itself, by a parameter, or by either side of an if. */
      private void name(YamlNode value) {
        if (value instanceof YamlNode.Scalar scalar && scalar.text().equals(from)) {
          replace(scalar);
        } else if (value instanceof YamlNode.Mapping map && map.entries().size() == 1) {
          map.find("get_param").flatMap(Run::text).ifPresent(named::add);
          if (map.find("if").orElse(null) instanceof YamlNode.Sequence either) {
            either.items().stream().skip(1).forEach(this::name);
          }
        }
      }

      private void replace(YamlNode.Scalar scalar) {
        if (!edit.replace(scalar, to)) {
          throw new FederationFault(
              FaultCode.TEMPLATE_INVALID, Phrase.of("campaign.not-editable", scalar.line(), from));
        }
      }

      private Optional<YamlNode> byDefault(String parameter) {
        return section("parameters")
            .flatMap(all -> all.find(parameter))
            .flatMap(Run::mapping)
            .flatMap(one -> one.find("default"));
      }

      Optional<String> value(String parameter, JsonObject given) {
        return given.containsKey(parameter) && !given.isNull(parameter)
            ? Optional.of(given.get(parameter))
                .filter(JsonString.class::isInstance)
                .map(text -> ((JsonString) text).getString())
            : byDefault(parameter).flatMap(Run::text);
      }

      /** Of a nested template, whose parameters nobody else gives a value for good. */
      String withDefaults() {
        named.stream()
            .flatMap(name -> byDefault(name).stream())
            .filter(one -> one instanceof YamlNode.Scalar text && text.text().equals(from))
            .forEach(one -> replace((YamlNode.Scalar) one));
        return edit.done();
      }
    }

    private static Optional<YamlNode.Mapping> mapping(YamlNode node) {
      return node instanceof YamlNode.Mapping map ? Optional.of(map) : Optional.empty();
    }

    private static Optional<String> text(YamlNode node) {
      return node instanceof YamlNode.Scalar scalar ? Optional.of(scalar.text()) : Optional.empty();
    }
  }
}
