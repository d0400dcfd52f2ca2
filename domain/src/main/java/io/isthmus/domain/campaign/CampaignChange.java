package io.isthmus.domain.campaign;

import io.isthmus.domain.fault.FederationFault;
import io.isthmus.domain.json.Json;
import io.isthmus.domain.language.Phrase;
import io.isthmus.domain.template.CatalogKind;
import io.isthmus.domain.template.HotParser;
import io.isthmus.domain.template.ParameterDefinition;
import io.isthmus.domain.template.ResourceGraph;
import io.isthmus.domain.template.TemplateSource;
import io.isthmus.domain.template.type.TlsVersion;
import jakarta.json.JsonObject;
import jakarta.json.JsonObjectBuilder;
import jakarta.json.JsonValue;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.stream.Collectors;

/** What a campaign makes other of each stack. Pure: the same stack gives the same answer. */
public sealed interface CampaignChange {

  /** Most characters of a name or a parameter's value. */
  int LONGEST = 1_000;

  /** What is changed, as the API names it. */
  String kind();

  /** The same in words. */
  Phrase words();

  /**
   * What a stack shall be made of instead.
   *
   * @param parameters as given, hidden ones in clear
   * @return empty when the stack is not concerned
   * @throws FederationFault TEMPLATE_INVALID when it cannot be written into the stack's template
   */
  Optional<Changed> apply(TemplateSource template, JsonObject parameters);

  /**
   * Checks what takes a while to be checked, once.
   *
   * @throws FederationFault TEMPLATE_INVALID
   */
  default void check() {}

  /** Whether a stack's resources are still what the change is to replace. */
  default boolean isLeftIn(ResourceGraph graph) {
    return false;
  }

  /** Whether what it gives is hidden by a template, so that it is shown to nobody. */
  default boolean isHiddenBy(TemplateSource template) {
    return false;
  }

  /** As it is stored, with what is secret. */
  JsonObject toJson();

  /**
   * What a stack shall be made of.
   *
   * @param parameters those that get another value; all others keep theirs
   */
  record Changed(TemplateSource template, JsonObject parameters) {

    /** Tells no parameter, as some are secret. */
    @Override
    public String toString() {
      return "Changed[]";
    }
  }

  /** Another image for servers and volumes, by the names that templates use. */
  record Image(String from, String to) implements CampaignChange {
    public Image {
      from = name("from", from);
      to = another(from, name("to", to));
    }

    @Override
    public String kind() {
      return "image";
    }

    @Override
    public Phrase words() {
      return Phrase.of("campaign.change.image", from, to);
    }

    @Override
    public Optional<Changed> apply(TemplateSource template, JsonObject parameters) {
      return renaming().apply(template, parameters);
    }

    @Override
    public boolean isLeftIn(ResourceGraph graph) {
      return renaming().isIn(graph);
    }

    private Renaming renaming() {
      return new Renaming(CatalogKind.IMAGE, from, to);
    }

    @Override
    public JsonObject toJson() {
      return fromTo(kind(), from, to);
    }
  }

  /** Another flavor for servers, by the names that templates use. */
  record Flavor(String from, String to) implements CampaignChange {
    public Flavor {
      from = name("from", from);
      to = another(from, name("to", to));
    }

    @Override
    public String kind() {
      return "flavor";
    }

    @Override
    public Phrase words() {
      return Phrase.of("campaign.change.flavor", from, to);
    }

    @Override
    public Optional<Changed> apply(TemplateSource template, JsonObject parameters) {
      return renaming().apply(template, parameters);
    }

    @Override
    public boolean isLeftIn(ResourceGraph graph) {
      return renaming().isIn(graph);
    }

    private Renaming renaming() {
      return new Renaming(CatalogKind.FLAVOR, from, to);
    }

    @Override
    public JsonObject toJson() {
      return fromTo(kind(), from, to);
    }
  }

  /** No version of TLS older than one, for the listeners that end it. */
  record TlsFloor(TlsVersion floor) implements CampaignChange {

    /**
     * @param version as Octavia names it
     */
    public static TlsFloor of(String version) {
      String name = name("version", version);
      return new TlsFloor(
          TlsVersion.find(name)
              .orElseThrow(
                  () ->
                      FederationFault.invalid(
                          "version",
                          Phrase.of("campaign.tls-version-unknown", name),
                          Phrase.of(
                              "campaign.tls-version-remedy",
                              TlsVersion.SSL_3.andNewer().stream()
                                  .map(TlsVersion::octaviaName)
                                  .collect(Collectors.joining(", "))))));
    }

    @Override
    public String kind() {
      return "tls_floor";
    }

    @Override
    public Phrase words() {
      return Phrase.of("campaign.change.tls-floor", floor.octaviaName());
    }

    @Override
    public Optional<Changed> apply(TemplateSource template, JsonObject parameters) {
      return new TlsFlooring(floor).apply(template);
    }

    @Override
    public boolean isLeftIn(ResourceGraph graph) {
      return new TlsFlooring(floor).isMissedIn(graph);
    }

    @Override
    public JsonObject toJson() {
      return Json.createObjectBuilder()
          .add("kind", kind())
          .add("version", floor.octaviaName())
          .build();
    }
  }

  /**
   * Another value of a parameter, in stacks whose template has it.
   *
   * @param value of any of HOT's types
   */
  record Parameter(String name, JsonValue value) implements CampaignChange {
    public Parameter {
      name = CampaignChange.name("parameter", name);
      if (value == null || value.equals(JsonValue.NULL) || value.toString().length() > LONGEST) {
        throw FederationFault.invalid(
            "value", Phrase.of("campaign.value-length", Integer.toString(LONGEST)));
      }
    }

    @Override
    public String kind() {
      return "parameter";
    }

    @Override
    public Phrase words() {
      return Phrase.of("campaign.change.parameter", name);
    }

    @Override
    public Optional<Changed> apply(TemplateSource template, JsonObject parameters) {
      return definition(template)
          .filter(definition -> !isAlready(definition, parameters))
          .map(
              definition ->
                  new Changed(template, Json.createObjectBuilder().add(name, value).build()));
    }

    private Optional<ParameterDefinition> definition(TemplateSource template) {
      return new HotParser()
          .parse(template).parameters().stream()
              .filter(definition -> definition.name().equals(name))
              .findFirst();
    }

    private boolean isAlready(ParameterDefinition definition, JsonObject parameters) {
      boolean given = parameters.containsKey(name) && !parameters.isNull(name);
      Optional<JsonValue> has =
          given ? definition.type().read(parameters.get(name)) : definition.defaultValue();
      return has.isPresent() && has.equals(definition.type().read(value));
    }

    @Override
    public boolean isHiddenBy(TemplateSource template) {
      return template.mayHide()
          && definition(template).filter(ParameterDefinition::hidden).isPresent();
    }

    @Override
    public JsonObject toJson() {
      return Json.createObjectBuilder()
          .add("kind", kind())
          .add("parameter", name)
          .add("value", value)
          .build();
    }

    /** Without the value, which may be secret. */
    @Override
    public String toString() {
      return "Parameter[" + name + "]";
    }
  }

  /**
   * A whole other template; parameters that both have keep their values.
   *
   * @param replaces {@link #digest} of the template that a stack must have to be concerned; empty
   *     for any
   */
  record Template(String text, Map<String, String> files, Optional<String> replaces)
      implements CampaignChange {
    public Template {
      files = Map.copyOf(files);
      if (text == null || text.isBlank()) {
        throw FederationFault.invalid("template", Phrase.of("campaign.template-needed"));
      }
      replaces
          .filter(digest -> !digest.matches("[0-9a-f]{64}"))
          .ifPresent(
              digest -> {
                throw FederationFault.invalid(
                    "replaces",
                    Phrase.of("campaign.digest-form", digest),
                    Phrase.of("campaign.digest-form-remedy"));
              });
    }

    @Override
    public void check() {
      new HotParser().parse(new TemplateSource(text, files));
    }

    @Override
    public String kind() {
      return "template";
    }

    @Override
    public Phrase words() {
      return Phrase.of("campaign.change.template", digest(text).substring(0, SHOWN_OF_DIGEST));
    }

    @Override
    public Optional<Changed> apply(TemplateSource template, JsonObject parameters) {
      boolean same = template.text().equals(text) && template.files().equals(files);
      boolean meant = replaces.map(digest(template.text())::equals).orElse(true);
      return same || !meant
          ? Optional.empty()
          : Optional.of(
              new Changed(
                  new TemplateSource(
                      text, files, template.registry(), template.keyPairs(), template.images()),
                  JsonValue.EMPTY_JSON_OBJECT));
    }

    @Override
    public JsonObject toJson() {
      JsonObjectBuilder all = Json.createObjectBuilder();
      files.forEach(all::add);
      JsonObjectBuilder json =
          Json.createObjectBuilder().add("kind", kind()).add("template", text).add("files", all);
      replaces.ifPresent(digest -> json.add("replaces", digest));
      return json.build();
    }

    /** Without the text, which is long. */
    @Override
    public String toString() {
      return "Template[" + digest(text) + "]";
    }
  }

  /** How much of a digest tells templates apart for people. */
  int SHOWN_OF_DIGEST = 12;

  /** SHA-256 of a template's text in UTF-8, lower-case hexadecimal. */
  static String digest(String text) {
    try {
      return HexFormat.of()
          .formatHex(
              MessageDigest.getInstance("SHA-256").digest(text.getBytes(StandardCharsets.UTF_8)));
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("every Java has SHA-256", e);
    }
  }

  /** Reads what {@link #toJson} wrote. */
  static CampaignChange of(JsonObject json) {
    return switch (json.getString("kind")) {
      case "image" -> new Image(json.getString("from"), json.getString("to"));
      case "flavor" -> new Flavor(json.getString("from"), json.getString("to"));
      case "tls_floor" -> TlsFloor.of(json.getString("version"));
      case "parameter" -> new Parameter(json.getString("parameter"), json.get("value"));
      case "template" -> {
        Map<String, String> files = new TreeMap<>();
        JsonObject all = json.getJsonObject("files");
        all.keySet().forEach(file -> files.put(file, all.getString(file)));
        yield new Template(
            json.getString("template"),
            files,
            Optional.ofNullable(json.getString("replaces", null)));
      }
      default -> throw new IllegalArgumentException("no change: " + json.getString("kind"));
    };
  }

  private static JsonObject fromTo(String kind, String from, String to) {
    return Json.createObjectBuilder().add("kind", kind).add("from", from).add("to", to).build();
  }

  private static String name(String field, String given) {
    String name = given == null ? "" : given.strip();
    if (name.isEmpty() || name.length() > LONGEST || name.chars().anyMatch(c -> c < ' ')) {
      throw FederationFault.invalid(
          field, Phrase.of("campaign.name-needed", field, Integer.toString(LONGEST)));
    }
    return name;
  }

  private static String another(String from, String to) {
    if (from.equals(to)) {
      throw FederationFault.invalid("to", Phrase.of("campaign.same", to));
    }
    return to;
  }
}
