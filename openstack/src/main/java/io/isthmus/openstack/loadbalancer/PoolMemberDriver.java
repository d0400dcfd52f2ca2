package io.isthmus.openstack.loadbalancer;

import io.isthmus.domain.json.Json;
import io.isthmus.domain.stack.DesiredPart;
import io.isthmus.openstack.conversation.Call;
import io.isthmus.openstack.conversation.Clouds;
import io.isthmus.openstack.http.CloudFault;
import io.isthmus.openstack.keystone.ServiceType;
import io.isthmus.openstack.resource.Bodies;
import io.isthmus.openstack.resource.Change;
import io.isthmus.openstack.resource.Names;
import io.isthmus.openstack.resource.Work;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.json.JsonObject;
import jakarta.json.JsonObjectBuilder;
import java.util.List;
import java.util.Optional;

/**
 * Drives {@code OS::Octavia::PoolMember}. Octavia finds a member in its pool only, so what is
 * recorded of one is {@code POOL/MEMBER}.
 *
 * @see "octavia/api/v2/controllers/member.py"
 */
@ApplicationScoped
public class PoolMemberDriver extends OctaviaDriver {

  private static final List<Change.Field> UPDATES =
      List.of(Change.Field.of("weight", Json.createValue(1)));

  /** For the container. */
  public PoolMemberDriver() {}

  public PoolMemberDriver(Clouds clouds) {
    super(clouds);
  }

  @Override
  protected String type() {
    return "OS::Octavia::PoolMember";
  }

  @Override
  protected String singular() {
    return "member";
  }

  @Override
  protected List<String> attributeNames() {
    return List.of("address", "pool_id");
  }

  private static String members(String pool) {
    return "/lbaas/pools/" + pool + "/members";
  }

  @Override
  String path(String id) {
    return "/lbaas/pools/" + id.replaceFirst("/", "/members/");
  }

  @Override
  protected Optional<String> within(DesiredPart part) {
    return Bodies.text(part.properties(), "pool");
  }

  /** Each pool that has members has a list of its own. */
  @Override
  protected List<Scope> everywhere(Work work) {
    Call pools =
        work.get(ServiceType.LOAD_BALANCER, "/lbaas/pools")
            .query("project_id", work.session().projectId(work.deadline()));
    return work.session().list(pools, "pools", work.deadline()).stream()
        .filter(pool -> !Bodies.objects(pool, "members").isEmpty())
        .map(pool -> scopeWithin(pool.getString("id")))
        .toList();
  }

  /** A pool that is not there has no members. */
  @Override
  protected List<JsonObject> list(Work work, Scope scope) {
    if (scope.within().isEmpty()) {
      return List.of();
    }
    try {
      String pool = pool(work, scope.within().get());
      Call call = within(work.get(ServiceType.LOAD_BALANCER, members(pool)), scope);
      return work.session().list(call, "members", work.deadline()).stream()
          .map(member -> ofPool(member, pool))
          .toList();
    } catch (CloudFault fault) {
      if (fault.status() == 404) {
        return List.of();
      }
      throw fault;
    }
  }

  private static String pool(Work work, String nameOrId) {
    return Names.id(work, ServiceType.LOAD_BALANCER, "/lbaas/pools", "pools", nameOrId);
  }

  private static JsonObject ofPool(JsonObject member, String pool) {
    return Json.createObjectBuilder(member)
        .add("id", pool + "/" + member.getString("id"))
        .add("pool_id", pool)
        .build();
  }

  @Override
  protected Optional<JsonObject> fetch(Work work, String id) {
    return work.session()
        .find(work.get(ServiceType.LOAD_BALANCER, path(id)), "member", work.deadline())
        .map(member -> ofPool(member, id.substring(0, id.indexOf('/'))));
  }

  @Override
  protected JsonObject make(Work work, DesiredPart part) {
    String pool = pool(work, within(part).orElse(""));
    return ofPool(make(work, part, members(pool)), pool);
  }

  @Override
  protected JsonObjectBuilder body(Work work, DesiredPart part) {
    JsonObjectBuilder body =
        Bodies.copy(
            part.properties(),
            "address",
            "protocol_port",
            "weight",
            "monitor_address",
            "monitor_port",
            "admin_state_up");
    Bodies.text(part.properties(), "subnet")
        .ifPresent(
            subnet ->
                body.add(
                    "subnet_id",
                    Names.id(work, ServiceType.NETWORK, "/subnets", "subnets", subnet)));
    return body;
  }

  @Override
  protected List<Change.Field> updates() {
    return UPDATES;
  }
}
