package io.isthmus.domain.yaml;

import io.isthmus.domain.fault.FaultCode;
import io.isthmus.domain.fault.FederationFault;
import io.isthmus.domain.fault.Violation;
import io.isthmus.domain.language.Phrase;
import java.io.StringReader;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Collections;
import java.util.IdentityHashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import org.yaml.snakeyaml.LoaderOptions;
import org.yaml.snakeyaml.Yaml;
import org.yaml.snakeyaml.constructor.SafeConstructor;
import org.yaml.snakeyaml.error.Mark;
import org.yaml.snakeyaml.error.MarkedYAMLException;
import org.yaml.snakeyaml.error.YAMLException;
import org.yaml.snakeyaml.nodes.MappingNode;
import org.yaml.snakeyaml.nodes.Node;
import org.yaml.snakeyaml.nodes.NodeTuple;
import org.yaml.snakeyaml.nodes.ScalarNode;
import org.yaml.snakeyaml.nodes.SequenceNode;
import org.yaml.snakeyaml.nodes.Tag;

/**
 * Reads one YAML 1.1 document (JSON is one too) within bounds: 512 KiB of UTF-8, nesting of 100,
 * 200 aliases, and 200,000 values once aliases are expanded, so that a small text cannot become a
 * large one. Only plain values are read; tags that would make objects are refused.
 */
public final class YamlReader {

  /** In bytes of UTF-8. */
  public static final int MAX_BYTES = 512 * 1024;

  private static final int MAX_DEPTH = 100;
  private static final int MAX_ALIASES = 200;
  private static final long MAX_VALUES = 200_000;

  private final FaultCode code;

  /**
   * @param code of the faults that it throws, such as TEMPLATE_INVALID
   */
  public YamlReader(FaultCode code) {
    this.code = code;
  }

  /**
   * Reads a document.
   *
   * @throws FederationFault with this reader's code, or TOO_LARGE; the violation tells line and
   *     column
   */
  public YamlNode read(String text) {
    int bytes = text.getBytes(StandardCharsets.UTF_8).length;
    if (bytes > MAX_BYTES) {
      throw new FederationFault(
          FaultCode.TOO_LARGE,
          Phrase.of("yaml.too-large", bytes / 1024, MAX_BYTES / 1024),
          List.of(
              Violation.at(
                  "",
                  Phrase.of("yaml.too-large", bytes / 1024, MAX_BYTES / 1024),
                  Phrase.of("yaml.too-large-remedy"))));
    }
    Node root = compose(text);
    if (root == null) {
      throw fault(1, 1, Phrase.of("yaml.empty"));
    }
    return new Conversion().convert(root);
  }

  private Node compose(String text) {
    LoaderOptions options = new LoaderOptions();
    options.setCodePointLimit(MAX_BYTES);
    options.setNestingDepthLimit(MAX_DEPTH);
    options.setMaxAliasesForCollections(MAX_ALIASES);
    options.setAllowRecursiveKeys(false);
    try {
      return new Yaml(new SafeConstructor(options)).compose(new StringReader(text));
    } catch (MarkedYAMLException e) {
      Mark mark = e.getProblemMark();
      int line = mark == null ? 1 : mark.getLine() + 1;
      int column = mark == null ? 1 : mark.getColumn() + 1;
      throw malformed(line, column, e.getProblem());
    } catch (YAMLException e) {
      throw malformed(1, 1, e.getMessage());
    }
  }

  private FederationFault malformed(int line, int column, String problem) {
    String said = Objects.requireNonNullElse(problem, "");
    Phrase message = Malformed.phrase(said);
    return new FederationFault(
        code, message, List.of(new Violation("", line, column, message, Malformed.remedy(said))));
  }

  /** With the remedy that belongs to the message. */
  private FederationFault fault(int line, int column, Phrase message) {
    Phrase remedy = Phrase.of(message.key() + "-remedy");
    return new FederationFault(
        code, message, List.of(new Violation("", line, column, message, Optional.of(remedy))));
  }

  /** Turns SnakeYAML's graph into ours; shared nodes stay shared, so the work is linear. */
  private final class Conversion {

    private final Map<Node, YamlNode> done = new IdentityHashMap<>();
    private final Map<YamlNode, Long> weights = new IdentityHashMap<>();
    private final Set<Node> open = Collections.newSetFromMap(new IdentityHashMap<>());

    YamlNode convert(Node node) {
      YamlNode known = done.get(node);
      if (known != null) {
        return known;
      }
      if (!open.add(node)) {
        throw fault(line(node), column(node), Phrase.of("yaml.contains-itself"));
      }
      YamlNode converted;
      if (node instanceof ScalarNode scalar) {
        converted = scalar(scalar);
        weights.put(converted, 1L);
      } else if (node instanceof SequenceNode sequence) {
        converted = sequence(sequence);
      } else {
        converted = mapping((MappingNode) node);
      }
      open.remove(node);
      done.put(node, converted);
      return converted;
    }

    private YamlNode.Scalar scalar(ScalarNode node) {
      Tag tag = node.getTag();
      YamlNode.Scalar.Type type;
      if (tag.equals(Tag.STR) || tag.equals(Tag.TIMESTAMP)) {
        type = YamlNode.Scalar.Type.TEXT;
      } else if (tag.equals(Tag.INT)) {
        type = YamlNode.Scalar.Type.INTEGER;
      } else if (tag.equals(Tag.FLOAT)) {
        type = YamlNode.Scalar.Type.NUMBER;
      } else if (tag.equals(Tag.BOOL)) {
        type = YamlNode.Scalar.Type.BOOLEAN;
      } else if (tag.equals(Tag.NULL)) {
        type = YamlNode.Scalar.Type.NULL;
      } else {
        throw fault(line(node), column(node), Phrase.of("yaml.tag", tag.getValue()));
      }
      return new YamlNode.Scalar(node.getValue(), type, line(node), column(node));
    }

    private YamlNode.Sequence sequence(SequenceNode node) {
      if (!node.getTag().equals(Tag.SEQ)) {
        throw fault(line(node), column(node), Phrase.of("yaml.tag", node.getTag().getValue()));
      }
      List<YamlNode> items = new ArrayList<>();
      long weight = 1;
      for (Node item : node.getValue()) {
        YamlNode converted = convert(item);
        weight += weights.get(converted);
        items.add(converted);
      }
      return weighed(new YamlNode.Sequence(items, line(node), column(node)), weight);
    }

    private YamlNode.Mapping mapping(MappingNode node) {
      if (!node.getTag().equals(Tag.MAP)) {
        throw fault(line(node), column(node), Phrase.of("yaml.tag", node.getTag().getValue()));
      }
      Map<String, YamlNode.Entry> entries = new LinkedHashMap<>();
      Map<String, YamlNode.Entry> merged = new LinkedHashMap<>();
      long weight = 1;
      for (NodeTuple tuple : node.getValue()) {
        Node keyNode = tuple.getKeyNode();
        if (!(keyNode instanceof ScalarNode key)) {
          throw fault(line(keyNode), column(keyNode), Phrase.of("yaml.key-not-text"));
        }
        YamlNode value = convert(tuple.getValueNode());
        if (key.getTag().equals(Tag.MERGE)) {
          merge(value, merged);
          continue;
        }
        weight += 1 + weights.get(value);
        YamlNode.Entry before =
            entries.put(
                key.getValue(), new YamlNode.Entry(key.getValue(), line(key), column(key), value));
        if (before != null) {
          throw fault(
              line(key), column(key), Phrase.of("yaml.duplicate", key.getValue(), before.line()));
        }
      }
      for (YamlNode.Entry entry : merged.values()) {
        if (entries.putIfAbsent(entry.key(), entry) == null) {
          weight += 1 + weights.get(entry.value());
        }
      }
      return weighed(new YamlNode.Mapping(entries, line(node), column(node)), weight);
    }

    private void merge(YamlNode value, Map<String, YamlNode.Entry> into) {
      if (value instanceof YamlNode.Mapping mapping) {
        mapping.entries().forEach(into::putIfAbsent);
      } else if (value instanceof YamlNode.Sequence sequence) {
        sequence.items().forEach(item -> merge(item, into));
      } else {
        throw fault(value.line(), value.column(), Phrase.of("yaml.merge"));
      }
    }

    private <T extends YamlNode> T weighed(T node, long weight) {
      if (weight > MAX_VALUES) {
        throw fault(node.line(), node.column(), Phrase.of("yaml.expands", MAX_VALUES));
      }
      weights.put(node, weight);
      return node;
    }

    private int line(Node node) {
      return node.getStartMark().getLine() + 1;
    }

    private int column(Node node) {
      return node.getStartMark().getColumn() + 1;
    }
  }
}
