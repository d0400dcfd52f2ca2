package io.isthmus.domain.yaml;

import static org.assertj.core.api.Assertions.assertThat;

import io.isthmus.domain.fault.FaultCode;
import io.isthmus.domain.fault.FederationFault;
import io.isthmus.domain.fault.Violation;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import net.jqwik.api.constraints.IntRange;

/** Whatever is given is read whole, or refused in words at a place within it. */
class YamlReaderPropertiesTest {

  private final YamlReader reader = new YamlReader(FaultCode.TEMPLATE_INVALID);

  /** Texts, lists and maps; no number, so that quotes do not change what is read. */
  @Provide
  Arbitrary<Object> documents() {
    Arbitrary<Object> texts =
        Arbitraries.strings().withCharRange(' ', '~').withChars("éß漢ő").ofMaxLength(12).map(t -> t);
    Arbitrary<String> keys =
        Arbitraries.strings().withCharRange('a', 'z').ofMinLength(1).ofMaxLength(6);
    return Arbitraries.recursive(
        () -> texts,
        inner ->
            Arbitraries.oneOf(
                inner.list().ofMaxSize(4).map(list -> (Object) list),
                Arbitraries.maps(keys, inner).ofMaxSize(4).map(map -> (Object) map)),
        0,
        4);
  }

  @Property(tries = 1000)
  void readsWhatWasWrittenAsJson(@ForAll("documents") Object document) {
    assertThat(plain(reader.read(json(document)))).isEqualTo(document);
  }

  @Property(tries = 1000)
  void readsWhatWasWrittenInBlocksAndKnowsWhereItStands(@ForAll("documents") Object document) {
    StringBuilder text = new StringBuilder();
    write(document, 0, text);
    YamlNode read = reader.read(text.toString());

    assertThat(plain(read)).isEqualTo(document);
    List<String> lines = text.toString().lines().toList();
    scalars(read)
        .forEach(
            scalar ->
                assertThat(lines.get(scalar.line() - 1).substring(scalar.column() - 1))
                    .startsWith(quoted(scalar.text())));
  }

  @Property(tries = 1000)
  void anyTextIsReadOrRefusedAtAPlaceWithinIt(@ForAll String text) {
    try {
      assertThat(reader.read(text)).isNotNull();
    } catch (FederationFault refused) {
      assertThat(refused.code()).isIn(FaultCode.TEMPLATE_INVALID, FaultCode.TOO_LARGE);
      assertThat(refused.violations())
          .extracting(Violation::line, Violation::column)
          .allSatisfy(place -> assertThat(place.toList()).allMatch(at -> (Integer) at >= 1));
    }
  }

  @Property(tries = 60)
  void aSmallTextDoesNotBecomeALargeOne(
      @ForAll @IntRange(min = 2, max = 12) int levels,
      @ForAll @IntRange(min = 2, max = 12) int times) {
    StringBuilder bomb = new StringBuilder("a0: &a0 [x]\n");
    for (int i = 1; i <= levels; i++) {
      bomb.append("a%d: &a%d [".formatted(i, i))
          .append(("*a" + (i - 1) + ", ").repeat(times))
          .append("x]\n");
    }
    double values = Math.pow(times, levels);
    try {
      reader.read(bomb.toString());
      assertThat(values).isLessThan(200_000);
    } catch (FederationFault refused) {
      // Two values for each key, and its whole expansion once for each level.
      assertThat(levels * times > 200 || values * 2 * levels > 200_000)
          .as("%d levels of %d: %s", levels, times, refused.getMessage())
          .isTrue();
    }
  }

  private static Object plain(YamlNode node) {
    if (node instanceof YamlNode.Mapping mapping) {
      Map<String, Object> members = new LinkedHashMap<>();
      mapping.entries().forEach((key, entry) -> members.put(key, plain(entry.value())));
      return members;
    }
    return node instanceof YamlNode.Sequence sequence
        ? sequence.items().stream().map(YamlReaderPropertiesTest::plain).toList()
        : ((YamlNode.Scalar) node).text();
  }

  private static List<YamlNode.Scalar> scalars(YamlNode node) {
    List<YamlNode.Scalar> found = new ArrayList<>();
    if (node instanceof YamlNode.Mapping mapping) {
      mapping.entries().values().forEach(entry -> found.addAll(scalars(entry.value())));
    } else if (node instanceof YamlNode.Sequence sequence) {
      sequence.items().forEach(item -> found.addAll(scalars(item)));
    } else {
      found.add((YamlNode.Scalar) node);
    }
    return found;
  }

  private static String json(Object value) {
    if (value instanceof Map<?, ?> map) {
      List<String> members = new ArrayList<>();
      map.forEach((key, member) -> members.add(quoted((String) key) + ": " + json(member)));
      return "{" + String.join(", ", members) + "}";
    }
    if (value instanceof List<?> list) {
      return "["
          + String.join(", ", list.stream().map(YamlReaderPropertiesTest::json).toList())
          + "]";
    }
    return quoted((String) value);
  }

  private static String quoted(String text) {
    return '"' + text.replace("\\", "\\\\").replace("\"", "\\\"") + '"';
  }

  /** As a person writes it, one thing a line. */
  private static void write(Object value, int indent, StringBuilder text) {
    String space = " ".repeat(indent);
    if (value instanceof Map<?, ?> map && !map.isEmpty()) {
      map.forEach(
          (key, member) -> {
            text.append(space).append(quoted((String) key)).append(':');
            writeMember(member, indent, text);
          });
    } else if (value instanceof List<?> list && !list.isEmpty()) {
      list.forEach(
          item -> {
            text.append(space).append('-');
            writeMember(item, indent, text);
          });
    } else {
      text.append(space).append(json(value)).append('\n');
    }
  }

  private static void writeMember(Object member, int indent, StringBuilder text) {
    boolean nested =
        member instanceof Map<?, ?> map && !map.isEmpty()
            || member instanceof List<?> list && !list.isEmpty();
    if (nested) {
      text.append('\n');
      write(member, indent + 2, text);
    } else {
      text.append(' ').append(json(member)).append('\n');
    }
  }
}
