package io.isthmus.domain.template.type;

import static io.isthmus.domain.template.type.Property.integer;
import static io.isthmus.domain.template.type.Property.listOfMaps;
import static io.isthmus.domain.template.type.Property.text;

import io.isthmus.domain.fault.Violation;
import io.isthmus.domain.language.Phrase;
import io.isthmus.domain.template.Footing;
import io.isthmus.domain.template.ResourceNode;
import java.util.List;
import java.util.Set;

/**
 * A random text, such as a password. It is made once and kept.
 *
 * @see "openstack/heat heat/engine/resources/openstack/heat/random_string.py"
 * @see RandomStrings
 */
final class RandomStringType extends SchemaType {

  private static final String[] CLASSES = RandomStrings.CLASSES.keySet().toArray(String[]::new);

  RandomStringType() {
    super("OS::Heat::RandomString", Footing.COMPUTED, "");
    properties(
        integer("length", "Number of characters; 32 when not given.").between(1, 512),
        listOfMaps(
            "character_classes",
            "Kinds of characters to use; letters and digits when not given.",
            text("class", "The kind.").oneOf(CLASSES),
            integer("min", "How many of it at least.").between(1, 512)),
        listOfMaps(
            "character_sequences",
            "Sets of characters to use.",
            text("sequence", "The characters.").required(),
            integer("min", "How many of them at least.").between(1, 512)),
        text("salt", "A change of it makes a new text."));
    attribute("value", "The random text.");
  }

  @Override
  public Set<String> unsupportedProperties() {
    return Set.of("sequence");
  }

  @Override
  public List<Violation> validate(ResourceNode node) {
    Requirements requirements = new Requirements(node);
    int least = RandomStrings.leastLength(node.knownProperties());
    int length = RandomStrings.length(node.knownProperties());
    if (least > length) {
      requirements.add("length", Phrase.of("template.random-too-short", length, least));
    }
    return requirements.violations();
  }
}
