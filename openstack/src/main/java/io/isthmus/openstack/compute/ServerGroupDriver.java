package io.isthmus.openstack.compute;

import io.isthmus.domain.json.Json;
import io.isthmus.domain.stack.DesiredPart;
import io.isthmus.domain.stack.Mark;
import io.isthmus.domain.stack.Sighting;
import io.isthmus.domain.template.type.ServerGroupType;
import io.isthmus.openstack.conversation.Call;
import io.isthmus.openstack.conversation.Clouds;
import io.isthmus.openstack.conversation.Microversion;
import io.isthmus.openstack.http.CloudFaults;
import io.isthmus.openstack.keystone.ServiceType;
import io.isthmus.openstack.resource.Bodies;
import io.isthmus.openstack.resource.MarkedDriver;
import io.isthmus.openstack.resource.Marks;
import io.isthmus.openstack.resource.Work;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.json.JsonObject;
import jakarta.json.JsonObjectBuilder;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * Drives {@code OS::Nova::ServerGroup}. Server groups hold neither metadata nor tags, so the mark
 * is the end of the name; Nova takes several of one name, so a double can arise and is found as
 * one.
 *
 * @see "Compute API v2.1, os-server-groups"
 */
@ApplicationScoped
public class ServerGroupDriver extends MarkedDriver {

  /** The lowest with one policy instead of a list, and with rules. */
  private static final Microversion RULES = new Microversion(2, 64);

  /** The lowest with policies that are wishes. */
  private static final Microversion SOFT = new Microversion(2, 15);

  /** A list shorter than this is not cut off; Nova cuts at osapi_max_limit, 1000 by default. */
  private static final int SURELY_WHOLE = 100;

  /** For the container. */
  public ServerGroupDriver() {}

  public ServerGroupDriver(Clouds clouds) {
    super(clouds);
  }

  @Override
  protected String type() {
    return ServerGroupType.NAME;
  }

  @Override
  protected String markText(Mark mark) {
    return Marks.nameEnd(mark);
  }

  @Override
  protected Optional<String> markOf(JsonObject group) {
    return Marks.atNameEnd(group.getString("name", ""));
  }

  /** Nova tells no link to the next page here; pages go by number. */
  @Override
  protected List<JsonObject> list(Work work, Scope scope) {
    List<JsonObject> groups = new ArrayList<>();
    Set<String> ids = new HashSet<>();
    List<JsonObject> page;
    boolean anyNew;
    do {
      Call call = work.get(ServiceType.COMPUTE, "/os-server-groups").upTo(RULES);
      if (!groups.isEmpty()) {
        call = call.query("offset", Integer.toString(groups.size()));
      }
      page = work.session().list(call, "server_groups", work.deadline());
      anyNew = page.stream().map(this::id).filter(ids::add).count() > 0;
      groups.addAll(page);
    } while (anyNew && page.size() >= SURELY_WHOLE);
    return groups;
  }

  @Override
  protected Optional<JsonObject> fetch(Work work, String id) {
    Call call = work.get(ServiceType.COMPUTE, "/os-server-groups/" + id).upTo(RULES);
    return work.session().find(call, "server_group", work.deadline());
  }

  @Override
  protected JsonObject make(Work work, DesiredPart part) {
    JsonObject properties = part.properties();
    String wish = Bodies.text(properties, "name").orElse(part.physicalName());
    String policy = ServerGroupType.policy(properties);
    JsonObject rules =
        properties.get("rules") instanceof JsonObject given
            ? Bodies.copy(given, "max_server_per_host").build()
            : JsonObject.EMPTY_JSON_OBJECT;
    JsonObjectBuilder body = Json.createObjectBuilder().add("name", Marks.name(wish, part.mark()));
    if (isOffered(work, RULES)) {
      body.add("policy", policy);
      if (!rules.isEmpty()) {
        body.add("rules", rules);
      }
    } else {
      if (!rules.isEmpty()) {
        throw lacking(work, "rules", RULES);
      }
      if (policy.startsWith("soft-") && !isOffered(work, SOFT)) {
        throw lacking(work, policy, SOFT);
      }
      body.add("policies", Bodies.array(List.of(policy)));
    }
    Call call =
        work.post(
            ServiceType.COMPUTE, "/os-server-groups", Bodies.under("server_group", body.build()));
    return work.session().fetch(call.upTo(RULES), "server_group", work.deadline());
  }

  private static boolean isOffered(Work work, Microversion wanted) {
    return work.session()
        .negotiate(ServiceType.COMPUTE, work.region(), RULES, work.deadline())
        .filter(version -> version.isAtLeast(wanted))
        .isPresent();
  }

  private static RuntimeException lacking(Work work, String what, Microversion needed) {
    return CloudFaults.lacking(
        work.session().cloud(),
        "POST compute/os-server-groups",
        what + " (microversion " + needed + ")");
  }

  /** Its mark is part of its name, which nothing changes. */
  @Override
  protected boolean isAdoptable() {
    return false;
  }

  @Override
  protected Call deletion(Work work, String id) {
    return work.delete(ServiceType.COMPUTE, "/os-server-groups/" + id).upTo(RULES);
  }

  @Override
  protected Sighting.Phase phase(JsonObject group) {
    return Sighting.Phase.READY;
  }

  @Override
  protected JsonObject attributes(JsonObject group) {
    return Json.createObjectBuilder().add("show", group).build();
  }
}
