package io.isthmus.domain.template.type;

import static io.isthmus.domain.template.type.Property.text;

import io.isthmus.domain.fault.Violation;
import io.isthmus.domain.language.Phrase;
import io.isthmus.domain.template.Footing;
import io.isthmus.domain.template.ResourceNode;
import java.util.List;
import java.util.Set;

/**
 * A key pair. Its public key must be given: a private key that each cloud makes anew would differ
 * from region to region.
 *
 * @see "openstack/heat heat/engine/resources/openstack/nova/keypair.py"
 */
final class KeyPairType extends SchemaType {

  KeyPairType() {
    super("OS::Nova::KeyPair", Footing.STRETCHED, "compute");
    properties(
        text("name", "The name of the key pair.").required().length(1, 255),
        text("public_key", "The public key, as in ~/.ssh/id_ed25519.pub."),
        text("type", "Kind of key pair.").oneOf("ssh", "x509"));
    attribute("public_key", "The public key.");
  }

  @Override
  public Set<String> unsupportedProperties() {
    return Set.of("save_private_key", "user");
  }

  @Override
  public Set<String> unsupportedAttributes() {
    return Set.of("show", "private_key");
  }

  @Override
  public List<Violation> validate(ResourceNode node) {
    Requirements requirements = new Requirements(node);
    if (!node.gives("public_key")) {
      requirements.add(
          "public_key",
          Phrase.of("template.public-key-needed"),
          Phrase.of("template.public-key-remedy"));
    }
    return requirements.violations();
  }
}
