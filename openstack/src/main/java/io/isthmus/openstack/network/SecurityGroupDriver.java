package io.isthmus.openstack.network;

import io.isthmus.domain.json.Json;
import io.isthmus.domain.stack.DesiredPart;
import io.isthmus.openstack.conversation.Clouds;
import io.isthmus.openstack.http.CloudFault;
import io.isthmus.openstack.keystone.ServiceType;
import io.isthmus.openstack.resource.Change;
import io.isthmus.openstack.resource.Progress;
import io.isthmus.openstack.resource.Work;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.json.JsonArrayBuilder;
import jakarta.json.JsonObject;
import jakarta.json.JsonObjectBuilder;
import java.util.List;

/**
 * Drives {@code OS::Neutron::SecurityGroup} with its rules. As Heat does, the rules that Neutron
 * adds by itself and that allow all egress are taken away when the template has an egress rule.
 *
 * @see "heat/engine/resources/openstack/neutron/security_group.py"
 */
@ApplicationScoped
public class SecurityGroupDriver extends NeutronDriver {
  private static final List<String> ATTRIBUTES = List.of("name", "description", "tenant_id");

  /** For the container. */
  public SecurityGroupDriver() {}

  public SecurityGroupDriver(Clouds clouds) {
    super(clouds);
  }

  @Override
  protected String type() {
    return "OS::Neutron::SecurityGroup";
  }

  @Override
  protected String singular() {
    return "security_group";
  }

  @Override
  protected List<String> attributeNames() {
    return ATTRIBUTES;
  }

  @Override
  protected JsonObjectBuilder body(Work work, DesiredPart part) {
    return Json.createObjectBuilder();
  }

  @Override
  protected boolean isIncomplete(DesiredPart part, JsonObject group) {
    return !SecurityRuleBodies.missing(part.properties(), group).isEmpty();
  }

  @Override
  protected JsonObject complete(Work work, DesiredPart part, JsonObject group) {
    for (String id : SecurityRuleBodies.superfluous(part.properties(), group)) {
      removeRule(work, id);
    }
    addRules(work, SecurityRuleBodies.missing(part.properties(), group));
    return group;
  }

  /**
   * Rules are added before others go, so that what both states let through is never kept out, and
   * at no moment more may pass than one of them lets through. Rules of others stay.
   */
  @Override
  protected Progress adapt(Work work, Change change) {
    Progress progress = super.adapt(work, change);
    if (change.concerns("rules")) {
      addRules(work, SecurityRuleBodies.missing(change));
      for (String id : SecurityRuleBodies.superfluous(change)) {
        removeRule(work, id);
      }
    }
    return progress;
  }

  private static void addRules(Work work, List<JsonObject> missing) {
    if (missing.isEmpty()) {
      return;
    }
    JsonArrayBuilder rules = Json.createArrayBuilder();
    missing.forEach(rules::add);
    JsonObject body = Json.createObjectBuilder().add("security_group_rules", rules).build();
    work.session()
        .send(work.post(ServiceType.NETWORK, "/security-group-rules", body), work.deadline());
  }

  private static void removeRule(Work work, String id) {
    try {
      work.session()
          .send(work.delete(ServiceType.NETWORK, "/security-group-rules/" + id), work.deadline());
    } catch (CloudFault fault) {
      if (fault.status() != 404) {
        throw fault;
      }
    }
  }
}
