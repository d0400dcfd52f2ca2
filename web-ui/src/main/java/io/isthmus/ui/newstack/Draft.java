package io.isthmus.ui.newstack;

import io.isthmus.domain.access.ProjectId;
import io.isthmus.domain.fault.FederationFault;
import io.isthmus.domain.fault.Violation;
import io.isthmus.domain.json.Json;
import io.isthmus.domain.library.ItemKind;
import io.isthmus.domain.library.SavedItem;
import io.isthmus.domain.placement.CreatePlan;
import io.isthmus.domain.placement.Plan;
import io.isthmus.domain.placement.UpdatePlan;
import io.isthmus.domain.sample.Sample;
import io.isthmus.domain.stack.StackId;
import io.isthmus.domain.template.Environment;
import io.isthmus.domain.template.EnvironmentParser;
import io.isthmus.domain.template.HotParser;
import io.isthmus.domain.template.HotTemplate;
import io.isthmus.domain.template.ParameterDefinition;
import io.isthmus.domain.template.PseudoParameters;
import io.isthmus.domain.template.TemplateSource;
import io.isthmus.ui.template.EnvironmentFile;
import io.isthmus.ui.template.ParameterShape;
import jakarta.json.JsonObject;
import jakarta.json.JsonObjectBuilder;
import jakarta.json.JsonValue;
import java.util.Collections;
import java.util.EnumMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * What a person has said so far about a stack that does not exist yet, or about what one that does
 * shall be instead. Two windows may show the same one: its maps are replaced, never changed.
 */
class Draft {

  private final String id;
  private final Optional<StackId> updated;
  private String keptPolicy = "";
  private Set<String> keptSecrets = Set.of();
  private String template = "";
  private Map<String, String> files = Map.of();
  private String environment = "";
  private Map<ItemKind, SavedItem> origins = Map.of();
  private Map<String, String> parameters = Map.of();
  private String name = "";
  private String policy = "";
  private String standardPolicy = "";
  private boolean policyTouched;
  private boolean byDefault = true;
  private String sample = "";
  private Optional<ItemKind> written = Optional.empty();
  private boolean lost;
  private Runnable toldOfChange = () -> {};

  Draft(String id) {
    this(id, Optional.empty());
  }

  /**
   * @param updated the stack that is to be changed; empty for a new one
   */
  Draft(String id, Optional<StackId> updated) {
    this.id = id;
    this.updated = updated;
  }

  /**
   * One as it was kept.
   *
   * @param kept what {@link #json} told
   */
  static Draft of(JsonObject kept) {
    Draft draft =
        new Draft(kept.getString("id"), DraftJson.maybe(kept, "updated").map(StackId::parse));
    draft.keptPolicy = kept.getString("kept_policy");
    draft.keptSecrets = Set.copyOf(DraftJson.list(kept, "kept_secrets"));
    draft.template = kept.getString("template");
    draft.files = DraftJson.texts(kept.getJsonObject("files"));
    draft.environment = kept.getString("environment");
    draft.origins = DraftJson.origins(kept.getJsonArray("origins"));
    draft.parameters = DraftJson.texts(kept.getJsonObject("parameters"));
    draft.name = kept.getString("name");
    draft.policy = kept.getString("policy");
    draft.standardPolicy = kept.getString("standard_policy");
    draft.policyTouched = kept.getBoolean("policy_touched");
    draft.byDefault = kept.getBoolean("by_default");
    draft.sample = kept.getString("sample");
    draft.written = DraftJson.maybe(kept, "written").map(ItemKind::valueOf);
    return draft;
  }

  /** All that was said, hidden parameters too. */
  JsonObject json() {
    JsonObjectBuilder kept =
        Json.createObjectBuilder()
            .add("id", id)
            .add("kept_policy", keptPolicy)
            .add("kept_secrets", Json.createArrayBuilder(keptSecrets))
            .add("template", template)
            .add("files", DraftJson.texts(files))
            .add("environment", environment)
            .add("origins", DraftJson.origins(origins.values()))
            .add("parameters", DraftJson.texts(parameters))
            .add("name", name)
            .add("policy", policy)
            .add("standard_policy", standardPolicy)
            .add("policy_touched", policyTouched)
            .add("by_default", byDefault)
            .add("sample", sample);
    updated.ifPresent(stack -> kept.add("updated", stack.toString()));
    written.ifPresent(kind -> kept.add("written", kind.name()));
    return kept.build();
  }

  /**
   * @param told is called after each change of what is said
   */
  void onChange(Runnable told) {
    toldOfChange = told;
  }

  String id() {
    return id;
  }

  /** The stack that is to be changed; empty for a new one. */
  Optional<StackId> updated() {
    return updated;
  }

  /** Of one of its steps, without a slash before it. */
  String address(Step step) {
    String under = updated.map(stack -> "stacks/" + stack + "/update/").orElse("stacks/new/");
    return under + id + "/" + step.word();
  }

  /** The same things said, to go back to by {@link #become}. */
  Draft copy() {
    Draft copy = new Draft(id);
    copy.become(this);
    return copy;
  }

  /** Says what another says, in the place of all that was said here. */
  void become(Draft other) {
    template = other.template;
    files = other.files;
    environment = other.environment;
    origins = other.origins;
    parameters = other.parameters;
    name = other.name;
    policy = other.policy;
    standardPolicy = other.standardPolicy;
    policyTouched = other.policyTouched;
    byDefault = other.byDefault;
    sample = other.sample;
    toldOfChange.run();
  }

  /** Whether there is nothing that a template, a file or a sample taken now would replace. */
  boolean isBlank() {
    boolean isPolicyBlank = policy.isBlank() || byDefault;
    return template.isBlank() && files.isEmpty() && environment.isBlank() && isPolicyBlank;
  }

  /** In characters. */
  long size() {
    return Stream.of(
            Stream.of(template, environment, policy),
            files.values().stream(),
            parameters.values().stream())
        .flatMap(Function.identity())
        .mapToLong(String::length)
        .sum();
  }

  /** Takes template and policy of a sample, and a free name where there is none. */
  void take(Sample chosen, StackNames names) {
    template = chosen.template().text();
    sample = chosen.name();
    origins = Map.of();
    setFiles(chosen.template().files());
    environment = "";
    if (chosen.policy().isBlank()) {
      leavePolicyToDefault();
    } else {
      takePolicy(chosen.policy());
    }
    if (name.isBlank()) {
      name = names.free(chosen.name());
    }
    toldOfChange.run();
  }

  /** Takes something saved: of a template text, files and environment, of a policy its text. */
  void take(SavedItem item) {
    switch (item.kind()) {
      case TEMPLATE -> {
        template = item.source().text();
        sample = "";
        setFiles(item.source().files());
        environment = item.environment();
      }
      case POLICY -> takePolicy(item.source().text());
    }
    setOrigin(item);
    toldOfChange.run();
  }

  /** Takes what a plan was made of, but hidden values: nobody is shown those again. */
  void take(Plan plan) {
    template = plan.template().text();
    sample = "";
    origins = Map.of();
    setFiles(plan.template().files());
    environment = EnvironmentFile.text(plan.template(), plan.parameters());
    parameters = Map.of();
    if (plan.policy().equals(standardPolicy)) {
      leavePolicyToDefault();
    } else {
      takePolicy(plan.policy());
    }
    name = plan.name();
    toldOfChange.run();
  }

  /**
   * Says what a stack is now, so that it can be changed: its parameters as if they were typed, but
   * hidden ones, which keep their values as long as nothing is typed.
   *
   * @param now the plan that the stack is of
   * @param shown what is said: the same, or another plan for the stack
   */
  void change(Plan now, Plan shown) {
    take(shown);
    takePolicy(shown.policy());
    keptPolicy = now.policy();
    keptSecrets = Set.copyOf(now.parameters().keySet());
    try {
      parameters = texts(new HotParser().parse(shown.template()), shown.parameters());
      environment = EnvironmentFile.text(shown.template(), JsonValue.EMPTY_JSON_OBJECT);
    } catch (FederationFault fault) {
      // A later version may refuse what an earlier one took: the template's step shows why.
      parameters = Map.of();
    }
    toldOfChange.run();
  }

  private static Map<String, String> texts(HotTemplate read, JsonObject values) {
    Map<String, String> texts = new LinkedHashMap<>();
    read.parameters().stream()
        .filter(parameter -> !parameter.hidden() && values.containsKey(parameter.name()))
        .forEach(
            parameter ->
                texts.put(
                    parameter.name(),
                    ParameterShape.of(parameter, Optional.of(values.get(parameter.name())))
                        .initial()));
    return Collections.unmodifiableMap(texts);
  }

  /** The hidden parameters that have a value which stands as long as no other is typed. */
  Set<String> keptSecrets(HotTemplate read) {
    return read.parameters().stream()
        .filter(ParameterDefinition::hidden)
        .map(ParameterDefinition::name)
        .filter(keptSecrets::contains)
        .collect(Collectors.toUnmodifiableSet());
  }

  void setOrigin(SavedItem item) {
    Map<ItemKind, SavedItem> changed = new EnumMap<>(ItemKind.class);
    changed.putAll(origins);
    changed.put(item.kind(), item);
    origins = Collections.unmodifiableMap(changed);
    toldOfChange.run();
  }

  /** What was taken last of a kind, so that a change of it can be its next version. */
  Optional<SavedItem> origin(ItemKind kind) {
    return Optional.ofNullable(origins.get(kind));
  }

  String template() {
    return template;
  }

  void setTemplate(String text) {
    template = text;
    toldOfChange.run();
  }

  /** Takes a template in the place of a sample's. */
  void takeTemplate(String text) {
    template = text;
    sample = "";
    toldOfChange.run();
  }

  /** Name of the sample that the template began as; empty for none. */
  String sample() {
    return sample;
  }

  /** Whether the template began as that sample. */
  boolean isFrom(Sample other) {
    return sample.equals(other.name());
  }

  /** What is written here to be kept for the project; empty for a stack. */
  Optional<ItemKind> written() {
    return written;
  }

  void setWritten(ItemKind kind) {
    written = Optional.of(kind);
    toldOfChange.run();
  }

  /** Whether it stands in the place of one that is kept no longer. */
  boolean isLost() {
    return lost;
  }

  void setLost(boolean lost) {
    this.lost = lost;
  }

  /** For {@code get_file}, by the name used in the template; in the order in which they came. */
  Map<String, String> files() {
    return files;
  }

  private void setFiles(Map<String, String> all) {
    files = Collections.unmodifiableMap(new LinkedHashMap<>(all));
    toldOfChange.run();
  }

  /** In the place of one of the same name. */
  void addFile(String file, String text) {
    Map<String, String> changed = new LinkedHashMap<>(files);
    changed.put(file, text);
    setFiles(changed);
  }

  void removeFile(String file) {
    Map<String, String> changed = new LinkedHashMap<>(files);
    changed.remove(file);
    setFiles(changed);
  }

  /** Heat's second document; blank for none. */
  String environment() {
    return environment;
  }

  void setEnvironment(String text) {
    environment = text;
    toldOfChange.run();
  }

  /**
   * The environment, read.
   *
   * @throws io.isthmus.domain.fault.FederationFault PARAMETER_INVALID, TOO_LARGE
   */
  Environment settings() {
    return new EnvironmentParser().parse(environment);
  }

  TemplateSource source() {
    return new TemplateSource(template, files);
  }

  /**
   * The template, read, with types as the environment has them.
   *
   * @throws io.isthmus.domain.fault.FederationFault TEMPLATE_INVALID, PARAMETER_INVALID for the
   *     environment, TOO_LARGE
   */
  HotTemplate read() {
    return new HotParser().parse(source().with(settings().registry()));
  }

  Map<String, String> parameters() {
    return parameters;
  }

  void setParameter(String parameter, Optional<String> value) {
    Map<String, String> changed = new LinkedHashMap<>(parameters);
    value.ifPresentOrElse(text -> changed.put(parameter, text), () -> changed.remove(parameter));
    parameters = Collections.unmodifiableMap(changed);
    toldOfChange.run();
  }

  String name() {
    return name;
  }

  void setName(String text) {
    name = text.strip();
    toldOfChange.run();
  }

  String policy() {
    return policy;
  }

  void setPolicy(String text) {
    if (!text.equals(policy)) {
      policyTouched = true;
      byDefault = false;
    }
    policy = text;
    toldOfChange.run();
  }

  /** Tells what the policy is of stacks that name none; it is shown as long as it stands. */
  void setStandardPolicy(String text) {
    if (text.equals(standardPolicy)) {
      return;
    }
    standardPolicy = text;
    if (byDefault) {
      policy = text;
    }
    toldOfChange.run();
  }

  /** Whether the stack names no policy, so that its project's or the federation's stands. */
  boolean isPolicyByDefault() {
    return byDefault;
  }

  void leavePolicyToDefault() {
    takePolicy(standardPolicy);
    byDefault = true;
    toldOfChange.run();
  }

  /** Whether a person has written in the policy, so that an example would destroy something. */
  boolean isPolicyTouched() {
    return policyTouched;
  }

  void takePolicy(String text) {
    policy = text;
    policyTouched = false;
    byDefault = false;
    toldOfChange.run();
  }

  /**
   * Checks the parameters without planning.
   *
   * @throws io.isthmus.domain.fault.FederationFault PARAMETER_INVALID with every mistake
   */
  void check(ProjectId project, HotTemplate read) {
    try {
      // No stack has an id before it exists; the template sees the real one later.
      read.bind(
          settings().apply(read, given(read)), new PseudoParameters(name, "", project.toString()));
    } catch (FederationFault fault) {
      Set<String> standing =
          keptSecrets(read).stream()
              .filter(secret -> !parameters.containsKey(secret))
              .map(secret -> "parameters." + secret)
              .collect(Collectors.toSet());
      List<Violation> mistakes =
          fault.violations().stream()
              .filter(violation -> !standing.contains(violation.pointer()))
              .toList();
      if (!mistakes.isEmpty() || fault.violations().isEmpty()) {
        throw new FederationFault(fault.code(), fault.phrase(), mistakes);
      }
    }
  }

  /** The question for a plan. */
  CreatePlan question(ProjectId project, HotTemplate read) {
    return new CreatePlan(
        project,
        name,
        source(),
        environment,
        given(read),
        byDefault ? Optional.empty() : Optional.of(policy));
  }

  /**
   * The question what would become of the stack that is to be changed. What is seen is what is
   * asked for: a parameter that is not hidden and has no value here gets the template's default,
   * not the value that it had.
   */
  UpdatePlan change(HotTemplate read) {
    JsonObject given = given(read);
    Set<String> secrets = keptSecrets(read);
    Map<String, JsonValue> byEnvironment = settings().valuesFor(read);
    return new UpdatePlan(
        updated.orElseThrow().value(),
        Optional.of(source()),
        environment,
        given,
        true,
        read.parameters().stream()
            .map(ParameterDefinition::name)
            .filter(parameter -> !secrets.contains(parameter))
            .filter(parameter -> !given.containsKey(parameter))
            .filter(parameter -> !byEnvironment.containsKey(parameter))
            .toList(),
        Optional.of(policy).filter(text -> !text.equals(keptPolicy)));
  }

  /** Values of parameters that the template does not have, any more, are left out. */
  private JsonObject given(HotTemplate read) {
    JsonObjectBuilder given = Json.createObjectBuilder();
    read.parameters().stream()
        .filter(parameter -> parameters.containsKey(parameter.name()))
        .forEach(parameter -> given.add(parameter.name(), parameters.get(parameter.name())));
    return given.build();
  }
}
