package io.isthmus.domain.campaign;

import io.isthmus.domain.fault.FaultCode;
import io.isthmus.domain.fault.FederationFault;
import io.isthmus.domain.json.Json;
import io.isthmus.domain.language.Phrase;
import io.isthmus.domain.template.ResourceGraph;
import io.isthmus.domain.template.ResourceNode;
import io.isthmus.domain.template.TemplateSource;
import io.isthmus.domain.template.type.ListenerType;
import io.isthmus.domain.template.type.TlsVersion;
import io.isthmus.domain.yaml.YamlEdit;
import io.isthmus.domain.yaml.YamlNode;
import io.isthmus.domain.yaml.YamlReader;
import jakarta.json.JsonArray;
import jakarta.json.JsonString;
import jakarta.json.JsonValue;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * Has the listeners of a template that end TLS speak no version older than a floor, wherever they
 * are written: in it, in groups, in nested templates. What an expression puts together is not seen;
 * {@link #isMissedIn} tells of it. Pure.
 */
final class TlsFlooring {

  private final TlsVersion floor;

  TlsFlooring(TlsVersion floor) {
    this.floor = floor;
  }

  /**
   * @return empty when all of its listeners that are seen keep to the floor, or it has none
   * @throws FederationFault TEMPLATE_INVALID
   */
  Optional<CampaignChange.Changed> apply(TemplateSource source) {
    String text = floored(source.text());
    Map<String, String> files = new LinkedHashMap<>(source.files());
    files.replaceAll((name, content) -> isTemplate(content) ? floored(content) : content);
    return text.equals(source.text()) && files.equals(source.files())
        ? Optional.empty()
        : Optional.of(
            new CampaignChange.Changed(
                new TemplateSource(
                    text, files, source.registry(), source.keyPairs(), source.images()),
                JsonValue.EMPTY_JSON_OBJECT));
  }

  /** Scripts and other files are not read. */
  private static boolean isTemplate(String content) {
    return content.contains("heat_template_version") && content.contains(ListenerType.NAME);
  }

  /** Whether a listener of a graph speaks an older version, or leaves it to its load balancer. */
  boolean isMissedIn(ResourceGraph graph) {
    return graph.nodes().stream()
        .filter(node -> node.type().name().equals(ListenerType.NAME))
        .anyMatch(this::isMissedIn);
  }

  private boolean isMissedIn(ResourceNode node) {
    boolean terminates =
        Json.createValue(ListenerType.TERMINATED).equals(node.knownProperties().get("protocol"));
    return terminates
        && !(node.knownProperties().get(ListenerType.TLS_VERSIONS) instanceof JsonArray versions
            && !versions.isEmpty()
            && versions.stream()
                .allMatch(one -> one instanceof JsonString text && isKept(text.getString())));
  }

  private boolean isKept(String version) {
    return TlsVersion.find(version).filter(one -> one.compareTo(floor) >= 0).isPresent();
  }

  private String floored(String text) {
    YamlEdit edit = new YamlEdit(text);
    visit(new YamlReader(FaultCode.TEMPLATE_INVALID).read(text), edit);
    return edit.done();
  }

  private void visit(YamlNode node, YamlEdit edit) {
    if (node instanceof YamlNode.Sequence list) {
      list.items().forEach(item -> visit(item, edit));
    } else if (node instanceof YamlNode.Mapping map) {
      if (is(map.find("type"), ListenerType.NAME)
          && map.find("properties").orElse(null) instanceof YamlNode.Mapping properties
          && is(properties.find("protocol"), ListenerType.TERMINATED)) {
        floor(properties, edit);
      }
      map.entries().values().forEach(entry -> visit(entry.value(), edit));
    }
  }

  private static boolean is(Optional<YamlNode> node, String text) {
    return node.filter(one -> one instanceof YamlNode.Scalar it && it.text().equals(text))
        .isPresent();
  }

  private void floor(YamlNode.Mapping listener, YamlEdit edit) {
    Optional<YamlNode> given = listener.find(ListenerType.TLS_VERSIONS);
    if (given.isEmpty()) {
      edit.insert(
          listener, listener.entries().get("protocol"), ListenerType.TLS_VERSIONS, allowed());
    } else if (given.get() instanceof YamlNode.Sequence list) {
      List<String> versions =
          list.items().stream()
              .filter(YamlNode.Scalar.class::isInstance)
              .map(one -> ((YamlNode.Scalar) one).text())
              .toList();
      List<String> kept = versions.stream().filter(this::isKept).toList();
      boolean whole = versions.size() == list.items().size() && kept.equals(versions);
      if (!whole && !edit.replace(list, kept.isEmpty() ? allowed() : kept)) {
        throw new FederationFault(
            FaultCode.TEMPLATE_INVALID,
            Phrase.of("campaign.not-editable", list.line(), ListenerType.TLS_VERSIONS));
      }
    }
  }

  private List<String> allowed() {
    return floor.andNewer().stream().map(TlsVersion::octaviaName).toList();
  }
}
