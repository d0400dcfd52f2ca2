package io.isthmus.domain.template.type;

import static io.isthmus.domain.template.type.Property.integer;
import static io.isthmus.domain.template.type.Property.listOf;
import static io.isthmus.domain.template.type.Property.map;
import static io.isthmus.domain.template.type.Property.text;

import io.isthmus.domain.fault.Violation;
import io.isthmus.domain.language.Phrase;
import io.isthmus.domain.template.Footing;
import io.isthmus.domain.template.ResourceNode;
import io.isthmus.domain.template.Values;
import jakarta.json.JsonArray;
import jakarta.json.JsonObject;
import java.util.List;

/**
 * Servers that shall run on the same host, or on different ones. It holds within a region: each
 * region in which its servers are has one.
 *
 * @see "openstack/heat heat/engine/resources/openstack/nova/server_group.py"
 */
public final class ServerGroupType extends SchemaType {

  public static final String NAME = "OS::Nova::ServerGroup";

  /** Heat's default. */
  private static final String ANTI_AFFINITY = "anti-affinity";

  private static final String AFFINITY = "affinity";

  ServerGroupType() {
    super(NAME, Footing.STRETCHED, "compute");
    properties(
        text("name", "Name of the server group.").length(1, 255),
        listOf(
            "policies",
            "Exactly one policy; anti-affinity when not given.",
            text("*", "").oneOf(ANTI_AFFINITY, AFFINITY, "soft-anti-affinity", "soft-affinity")),
        map(
            "rules",
            "Rules for the policy.",
            integer("max_server_per_host", "How many servers one host may have at most.")
                .atLeast(1)));
  }

  /** The one policy, or the default. */
  public static String policy(JsonObject properties) {
    return properties.get("policies") instanceof JsonArray policies && !policies.isEmpty()
        ? Values.python(policies.get(0))
        : ANTI_AFFINITY;
  }

  /** Whether all servers must be on one host. */
  public static boolean isTogether(ResourceNode node) {
    return node.type().name().equals(NAME) && policy(node.knownProperties()).equals(AFFINITY);
  }

  @Override
  public List<Violation> validate(ResourceNode node) {
    Requirements requirements = new Requirements(node);
    JsonObject known = node.knownProperties();
    if (known.get("policies") instanceof JsonArray policies && policies.size() != 1) {
      requirements.add("policies", Phrase.of("template.one-policy"));
    }
    if (node.gives("rules.max_server_per_host") && !policy(known).equals(ANTI_AFFINITY)) {
      requirements.add("rules.max_server_per_host", Phrase.of("template.rule-needs-anti-affinity"));
    }
    return requirements.violations();
  }
}
