package io.isthmus.domain.template;

import io.isthmus.domain.template.function.Paths;
import jakarta.json.JsonObject;
import jakarta.json.JsonValue;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;

/** One resource of a graph: a resource of the template, a group, or a group's member. */
public interface ResourceNode {

  /** {@code db}, or {@code web/0} for a member of the group {@code web}. */
  String path();

  ResourceType type();

  /** The group's path when this is a member. */
  Optional<String> group();

  /** HOT's {@code metadata} section, resolved as far as parameters reach. */
  JsonObject metadata();

  DeletionPolicy deletionPolicy();

  /**
   * Of a key pair that the template does not hold but its project keeps: the name under which it
   * does. Such a resource is there because a server names it.
   */
  default Optional<String> keptKeyPair() {
    return Optional.empty();
  }

  /**
   * Of a copy of an image that the project keeps: the name under which it does. Such a resource is
   * there because a server or volume names it.
   */
  default Optional<String> keptImageName() {
    return Optional.empty();
  }

  /** The image that {@link #keptImageName} names. */
  default Optional<KeptImage> keptImage() {
    return Optional.empty();
  }

  /** Every reference, direct ones only, in template order. */
  List<ResourceReference> references();

  /**
   * The properties with all functions applied and defaults not filled in. A value that depends on
   * something not known yet is left out, and with it whatever contains it as text.
   */
  JsonObject knownProperties();

  /**
   * Whether the template gives a property, be its value known or not.
   *
   * @param path such as {@code networks.0.port}
   */
  default boolean gives(String path) {
    boolean byReference =
        references().stream()
            .flatMap(reference -> reference.property().stream())
            .anyMatch(property -> property.equals(path) || property.startsWith(path + "."));
    List<JsonValue> steps = Arrays.stream(path.split("\\.")).<JsonValue>map(Values::text).toList();
    return byReference
        || Paths.select(knownProperties(), steps)
            .filter(value -> value.getValueType() != JsonValue.ValueType.NULL)
            .isPresent();
  }

  /**
   * The properties with all functions applied.
   *
   * @throws io.isthmus.domain.fault.FederationFault TEMPLATE_INVALID when something that is needed
   *     is not known, naming it
   */
  JsonObject properties(References references);

  /** Line of the resource in the template, 1-based. */
  int line();
}
