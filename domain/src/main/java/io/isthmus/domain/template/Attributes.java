package io.isthmus.domain.template;

import io.isthmus.domain.template.function.GetAttr;
import io.isthmus.domain.template.function.Literal;
import java.util.Optional;

/** What {@code get_attr} asks of a group, as far as it is written out. */
final class Attributes {

  private static final String MEMBER = "resource.";

  private Attributes() {}

  /** The text of one step of the path. */
  static Optional<String> literal(GetAttr get, int step) {
    return get.path().size() > step && get.path().get(step) instanceof Literal literal
        ? Optional.of(Values.python(literal.value()))
        : Optional.empty();
  }

  /** The number in {@code resource.0} or {@code resource.0.name}. */
  static Optional<String> member(String attribute) {
    if (!attribute.startsWith(MEMBER)) {
      return Optional.empty();
    }
    String rest = attribute.substring(MEMBER.length());
    int dot = rest.indexOf('.');
    return Optional.of(dot < 0 ? rest : rest.substring(0, dot));
  }

  /** The name in {@code resource.0.name}. */
  static Optional<String> belowMember(String attribute) {
    String rest = attribute.substring(MEMBER.length());
    int dot = rest.indexOf('.');
    return dot < 0 ? Optional.empty() : Optional.of(rest.substring(dot + 1));
  }

  /** The attribute of one member that is asked for; empty when its ID is, or it is not known. */
  static Optional<String> ofMember(GetAttr get) {
    return get.attribute().flatMap(Attributes::belowMember).or(() -> literal(get, 1));
  }

  /** Whether IDs of a group's members are asked for. */
  static boolean isReference(GetAttr get, ResourceDefinition target) {
    if (target.members().isEmpty() || get.attribute().isEmpty()) {
      return false;
    }
    String attribute = get.attribute().get();
    return attribute.equals("refs")
        || attribute.equals("refs_map")
        || (attribute.startsWith(MEMBER)
            && belowMember(attribute).isEmpty()
            && get.path().size() == 1);
  }
}
