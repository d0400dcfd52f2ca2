package io.isthmus.domain.template;

import io.isthmus.domain.fault.FaultCode;
import io.isthmus.domain.fault.FederationFault;
import io.isthmus.domain.fault.Violation;
import io.isthmus.domain.language.Phrase;
import io.isthmus.domain.template.function.Conditions;
import io.isthmus.domain.template.function.Expression;
import io.isthmus.domain.template.function.HotFunction;
import io.isthmus.domain.yaml.YamlNode;
import io.isthmus.domain.yaml.YamlReader;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * Reads HOT. What Heat knows and is not performed here is refused by name, so that whatever is
 * accepted is honoured.
 *
 * @see "Heat, HOT specification"
 */
public final class HotParser {

  static final String VERSION = "heat_template_version";

  static final List<String> SECTIONS =
      List.of(VERSION, "description", "parameter_groups", "parameters", "resources", "outputs");
  static final String CONDITIONS = "conditions";
  static final List<String> OUTPUT_KEYS = List.of("description", "value");
  private static final List<String> CFN =
      List.of("AWSTemplateFormatVersion", "HeatTemplateFormatVersion");

  /**
   * Parses and checks all that can be known without parameters.
   *
   * @throws FederationFault TEMPLATE_INVALID with every mistake found, each with line and column;
   *     TOO_LARGE when the text is over 512 KiB
   */
  public HotTemplate parse(TemplateSource source) {
    return parse(source, new TypeFinder(source, this::nested));
  }

  /** A nested template; its mistakes become the outer template's, each with its file. */
  private Optional<HotTemplate> nested(
      String file, String text, TypeFinder types, Findings findings) {
    try {
      return Optional.of(parse(new TemplateSource(text, types.files()), types));
    } catch (FederationFault fault) {
      if (fault.violations().isEmpty()) {
        findings.add(
            new Where(file + "#", 0, 0), Phrase.of("template.in-file", file, fault.phrase()));
      }
      fault.violations().forEach(violation -> findings.add(inFile(file, violation)));
      return Optional.empty();
    }
  }

  private static Violation inFile(String file, Violation violation) {
    // What is nested deeper, or refers to resources, has been told with its file.
    if (violation.pointer().contains("#")) {
      return violation;
    }
    return new Violation(
        file + "#" + violation.pointer(),
        violation.line(),
        violation.column(),
        Phrase.of("template.in-file", file, violation.message()),
        violation.remedy());
  }

  private HotTemplate parse(TemplateSource source, TypeFinder types) {
    YamlNode root = new YamlReader(FaultCode.TEMPLATE_INVALID).read(source.text());
    Findings findings = new Findings();
    Optional<TemplateVersion> version =
        root instanceof YamlNode.Mapping top ? version(top, findings) : notAMap(root, findings);
    // What may follow depends on the version.
    findings.throwIfAny(FaultCode.TEMPLATE_INVALID, "template.many");
    return parse(source, (YamlNode.Mapping) root, version.orElseThrow(), types, findings);
  }

  private static Optional<TemplateVersion> notAMap(YamlNode root, Findings findings) {
    findings.add(
        Where.of("", root), Phrase.of("template.not-a-map"), Phrase.of("template.first-line"));
    return Optional.empty();
  }

  private HotTemplate parse(
      TemplateSource source,
      YamlNode.Mapping top,
      TemplateVersion version,
      TypeFinder types,
      Findings findings) {
    String base = Where.base(types.file());
    Shape shape = new Shape(findings);
    for (YamlNode.Entry entry : top.entries().values()) {
      section(entry, version, findings);
    }
    Map<String, YamlNode> written = conditions(top, version, shape);
    HotFunction.Setting setting =
        new HotFunction.Setting(version, source.files(), written.keySet(), findings);
    ExpressionReader expressions = new ExpressionReader(setting);
    Map<String, Expression> conditions = new LinkedHashMap<>();
    written.forEach(
        (name, node) ->
            Conditions.define(expressions.read(node, base + CONDITIONS + "." + name), setting)
                .ifPresent(condition -> conditions.put(name, condition)));
    String description = shape.text(top, "description", "").orElse("");
    Map<String, ParameterDefinition> parameters =
        new ParameterReader(version, shape, findings).read(top);
    List<ParameterGroup> groups =
        new ParameterGroupReader(shape, findings).read(top, parameters.keySet());
    Map<String, ResourceDefinition> resources =
        new ResourceReader(setting, shape, expressions, types).read(top);
    List<HotTemplate.Output> outputs = outputs(top, base, shape, expressions, setting);
    HotTemplate template =
        new HotTemplate(
            source, version, description, parameters, groups, conditions, resources, outputs);
    new TemplateCheck(template, findings).check();
    findings.throwIfAny(FaultCode.TEMPLATE_INVALID, "template.many");
    return template;
  }

  private static Optional<TemplateVersion> version(YamlNode.Mapping top, Findings findings) {
    for (String cfn : CFN) {
      if (top.entries().containsKey(cfn)) {
        findings.add(
            Where.of(cfn, top.entries().get(cfn)),
            Phrase.of("template.cfn"),
            Phrase.of("template.first-line"));
        return Optional.empty();
      }
    }
    Optional<YamlNode> node = top.find(VERSION);
    if (node.isEmpty()) {
      findings.add(
          Where.of("", top),
          Phrase.of("template.version-missing"),
          Phrase.of("template.first-line"));
      return Optional.empty();
    }
    String text = node.get() instanceof YamlNode.Scalar scalar ? scalar.text() : "";
    Optional<TemplateVersion> version = TemplateVersion.find(text);
    if (version.isEmpty()) {
      findings.add(
          Where.of(VERSION, node.get()),
          Phrase.of("template.version-unknown", text),
          Phrase.of("template.known", String.join(", ", TemplateVersion.names())));
    }
    return version;
  }

  private static void section(YamlNode.Entry entry, TemplateVersion version, Findings findings) {
    if (SECTIONS.contains(entry.key())) {
      return;
    }
    if (!entry.key().equals(CONDITIONS) || !version.hasConditions()) {
      findings.addUnknown(
          Where.of(entry.key(), entry),
          Phrase.of("template.unknown-section", entry.key()),
          entry.key(),
          SECTIONS);
    }
  }

  private static Map<String, YamlNode> conditions(
      YamlNode.Mapping top, TemplateVersion version, Shape shape) {
    Map<String, YamlNode> conditions = new LinkedHashMap<>();
    if (version.hasConditions()) {
      shape
          .entries(top, CONDITIONS, "")
          .forEach(entry -> conditions.put(entry.key(), entry.value()));
    }
    return conditions;
  }

  private static List<HotTemplate.Output> outputs(
      YamlNode.Mapping top,
      String base,
      Shape shape,
      ExpressionReader expressions,
      HotFunction.Setting setting) {
    List<String> keys = new ArrayList<>(OUTPUT_KEYS);
    if (setting.version().hasConditions()) {
      keys.add("condition");
    }
    List<HotTemplate.Output> outputs = new ArrayList<>();
    for (YamlNode.Entry entry : shape.entries(top, "outputs", "")) {
      String pointer = base + "outputs." + entry.key();
      if (!(entry.value() instanceof YamlNode.Mapping output)) {
        shape.expected("map", pointer, entry.value());
        continue;
      }
      shape.onlyKeys(output, pointer, "outputs", keys, List.of());
      Optional<YamlNode> value = output.find("value");
      if (value.isEmpty()) {
        setting.findings().add(Where.of(pointer, entry), Phrase.of("template.required", "value"));
        continue;
      }
      outputs.add(
          new HotTemplate.Output(
              new OutputDefinition(
                  entry.key(), shape.text(output, "description", pointer).orElse("")),
              expressions.read(value.get(), pointer + ".value"),
              expressions.condition(output, pointer)));
    }
    return outputs;
  }
}
