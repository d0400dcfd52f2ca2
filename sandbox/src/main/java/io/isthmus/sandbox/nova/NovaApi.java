package io.isthmus.sandbox.nova;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.isthmus.sandbox.cloud.Quotas;
import io.isthmus.sandbox.federation.Federation.FlavorSpec;
import io.isthmus.sandbox.http.Call;
import io.isthmus.sandbox.http.Fault;
import io.isthmus.sandbox.http.Json;
import io.isthmus.sandbox.http.Microversion;
import io.isthmus.sandbox.http.Pages;
import io.isthmus.sandbox.http.Routes;
import io.javalin.http.HandlerType;
import java.util.List;

/** Nova 2.1 over HTTP, with microversions. */
public final class NovaApi {
  private static final Microversion LEAST = new Microversion(2, 1);
  private static final Microversion MOST = new Microversion(2, 93);

  private final Nova nova;

  public NovaApi(Nova nova) {
    this.nova = nova;
  }

  public void routes(Routes r) {
    r.before(
        ctx -> Microversion.negotiate(ctx, "compute", "X-OpenStack-Nova-API-Version", LEAST, MOST));
    r.open(HandlerType.GET, "/", this::versions).open(HandlerType.GET, "/v2.1", this::version);
    new ServersApi(nova).routes(r);
    new ActionsApi(nova).routes(r);
    new Keypairs(nova).routes(r);
    new ServerGroups(nova).routes(r);
    r.get("/v2.1/flavors", call -> flavors(call, false))
        .get("/v2.1/flavors/detail", call -> flavors(call, true))
        .get("/v2.1/flavors/{id}", this::flavor)
        .get("/v2.1/flavors/{id}/os-extra_specs", this::extraSpecs)
        .get("/v2.1/limits", this::limits)
        .get("/v2.1/os-availability-zone", call -> zones(call, false))
        .get("/v2.1/os-availability-zone/detail", this::zonesInDetail)
        .get("/v2.1/os-quota-sets/{target}", call -> quota(call, false))
        .get("/v2.1/os-quota-sets/{target}/detail", call -> quota(call, true))
        .get("/v2.1/os-quota-sets/{target}/defaults", this::defaultQuota)
        .put("/v2.1/os-quota-sets/{target}", this::setQuota)
        .delete("/v2.1/os-quota-sets/{target}", this::resetQuota)
        .get(
            "/v2.1/extensions", call -> call.answer(200, Json.obj().set("extensions", Json.arr())));
    r.unknown(Routes::unknownAsHtml);
  }

  private void versions(Call call) {
    ArrayNode versions = Json.arr();
    ObjectNode old = versions.addObject().put("id", "v2.0").put("status", "SUPPORTED");
    old.put("version", "").put("min_version", "").put("updated", "2011-01-21T11:33:21Z");
    old.set("links", Json.link("self", call.baseUrl() + "/v2/"));
    versions.add(describe(call));
    call.answer(200, Json.obj().set("versions", versions));
  }

  private static ObjectNode describe(Call call) {
    ObjectNode version = Json.obj().put("id", "v2.1").put("status", "CURRENT");
    version.put("version", MOST.toString()).put("min_version", LEAST.toString());
    version.put("updated", "2013-07-23T11:33:21Z");
    version.set("links", Json.link("self", call.baseUrl() + "/v2.1/"));
    return version;
  }

  private void version(Call call) {
    ObjectNode version = describe(call);
    version
        .withArray("links")
        .addObject()
        .put("rel", "describedby")
        .put("type", "text/html")
        .put("href", "http://docs.openstack.org/");
    version
        .putArray("media-types")
        .addObject()
        .put("base", "application/json")
        .put("type", "application/vnd.openstack.compute+json;version=2.1");
    call.answer(200, Json.obj().set("version", version));
  }

  private static ObjectNode view(Call call, FlavorSpec flavor) {
    Microversion version = Microversion.of(call);
    ObjectNode view = Json.obj().put("id", flavor.id()).put("name", flavor.name());
    view.put("ram", flavor.ram()).put("disk", flavor.disk());
    if (version.atLeast(75)) {
      view.put("swap", 0);
    } else {
      view.put("swap", "");
    }
    view.put("OS-FLV-EXT-DATA:ephemeral", 0).put("OS-FLV-DISABLED:disabled", false);
    view.put("vcpus", flavor.vcpus()).put("os-flavor-access:is_public", true);
    view.put("rxtx_factor", 1.0);
    view.set("links", ServerView.links(call, "flavors", flavor.id()));
    if (version.atLeast(55)) {
      view.putNull("description");
    }
    if (version.atLeast(61)) {
      view.set("extra_specs", Flavors.extraSpecs(flavor));
    }
    return view;
  }

  private void flavors(Call call, boolean detail) {
    int minRam = Pages.number(call, "minRam", 0);
    int minDisk = Pages.number(call, "minDisk", 0);
    List<ObjectNode> rows =
        nova.flavors().all().stream()
            .filter(f -> f.ram() >= minRam && f.disk() >= minDisk)
            .map(f -> detail ? view(call, f) : brief(call, f))
            .toList();
    Pages.Page page = Pages.cut(call, rows, 1000);
    ObjectNode body = Json.obj();
    page.rows().forEach(body.putArray("flavors")::add);
    if (page.more()) {
      String last = page.rows().get(page.rows().size() - 1).get("id").asText();
      String url = call.baseUrl() + "/v2.1/flavors" + (detail ? "/detail" : "");
      body.set("flavors_links", Json.link("next", Pages.next(call, url, last)));
    }
    call.answer(200, body);
  }

  private static ObjectNode brief(Call call, FlavorSpec flavor) {
    ObjectNode view = Json.obj().put("id", flavor.id()).put("name", flavor.name());
    view.set("links", ServerView.links(call, "flavors", flavor.id()));
    if (Microversion.of(call).atLeast(55)) {
      view.putNull("description");
    }
    return view;
  }

  private FlavorSpec find(Call call) {
    String id = call.param("id");
    return nova.flavors()
        .find(id)
        .orElseThrow(() -> Fault.notFound("Flavor " + id + " could not be found."));
  }

  private void flavor(Call call) {
    call.answer(200, Json.obj().set("flavor", view(call, find(call))));
  }

  private void extraSpecs(Call call) {
    call.answer(200, Json.obj().set("extra_specs", Flavors.extraSpecs(find(call))));
  }

  private void limits(Call call) {
    String project = call.projectId();
    Quotas quotas = nova.quotas();
    ObjectNode limits = Json.obj();
    limits.putArray("rate");
    ObjectNode absolute = limits.putObject("absolute");
    absolute.put("maxTotalInstances", quotas.limit(project, "instances"));
    absolute.put("maxTotalCores", quotas.limit(project, "cores"));
    absolute.put("maxTotalRAMSize", quotas.limit(project, "ram"));
    absolute.put("maxServerMeta", quotas.limit(project, "metadata_items"));
    absolute.put("maxTotalKeypairs", quotas.limit(project, "key_pairs"));
    absolute.put("maxServerGroups", quotas.limit(project, "server_groups"));
    absolute.put("maxServerGroupMembers", quotas.limit(project, "server_group_members"));
    absolute.put("totalRAMUsed", nova.used(project, "ram"));
    absolute.put("totalCoresUsed", nova.used(project, "vcpus"));
    absolute.put("totalInstancesUsed", nova.used(project, "instances"));
    absolute.put("totalServerGroupsUsed", nova.groupsOf(project).count());
    if (!Microversion.of(call).atLeast(57)) {
      absolute.put("maxImageMeta", 128).put("maxPersonality", 5).put("maxPersonalitySize", 10240);
    }
    if (!Microversion.of(call).atLeast(36)) {
      absolute.put("maxTotalFloatingIps", -1).put("maxSecurityGroups", -1);
      absolute.put("maxSecurityGroupRules", -1).put("totalFloatingIpsUsed", 0);
      absolute.put("totalSecurityGroupsUsed", 0);
    }
    call.answer(200, Json.obj().set("limits", limits));
  }

  private void zones(Call call, boolean detail) {
    ArrayNode list = Json.arr();
    for (var zone : nova.zones().all()) {
      ObjectNode one = list.addObject().put("zoneName", zone.name());
      one.putObject("zoneState").put("available", true);
      if (detail) {
        ObjectNode hosts = one.putObject("hosts");
        for (String host : nova.zones().hosts(zone.name())) {
          hosts
              .putObject(host)
              .putObject("nova-compute")
              .put("available", true)
              .put("active", true)
              .put("updated_at", Json.micros(nova.cloud().now()));
        }
      } else {
        one.putNull("hosts");
      }
    }
    call.answer(200, Json.obj().set("availabilityZoneInfo", list));
  }

  private void zonesInDetail(Call call) {
    if (!call.admin()) {
      throw Fault.forbidden(
          "Policy doesn't allow os_compute_api:os-availability-zone:detail to be performed.");
    }
    zones(call, true);
  }

  private static void allowed(Call call, boolean change) {
    if (!call.admin() && (change || !call.param("target").equals(call.projectId()))) {
      throw Fault.forbidden(
          "Policy doesn't allow os_compute_api:os-quota-sets:"
              + (change ? "update" : "show")
              + " to be performed.");
    }
  }

  private void quota(Call call, boolean detail) {
    allowed(call, false);
    String project = call.param("target");
    ObjectNode set = Json.obj().put("id", project);
    for (String name : Quotas.COMPUTE.keySet()) {
      int limit = nova.quotas().limit(project, name);
      if (detail) {
        int used =
            switch (name) {
              case "instances", "ram" -> nova.used(project, name);
              case "cores" -> nova.used(project, "vcpus");
              default -> 0;
            };
        set.putObject(name).put("in_use", used).put("limit", limit).put("reserved", 0);
      } else {
        set.put(name, limit);
      }
    }
    call.answer(200, Json.obj().set("quota_set", set));
  }

  private void defaultQuota(Call call) {
    ObjectNode set = Json.obj().put("id", call.param("target"));
    Quotas.COMPUTE.keySet().forEach(name -> set.put(name, nova.quotas().standard(name)));
    call.answer(200, Json.obj().set("quota_set", set));
  }

  private void setQuota(Call call) {
    allowed(call, true);
    call.json("quota_set")
        .fields()
        .forEachRemaining(
            entry -> {
              if (Quotas.COMPUTE.containsKey(entry.getKey())) {
                nova.quotas()
                    .change(call.param("target"), entry.getKey(), entry.getValue().asInt());
              } else if (!entry.getKey().equals("force")) {
                throw ServerRequest.invalid(
                    "quota_set",
                    call.json("quota_set"),
                    "Additional properties are not allowed ('"
                        + entry.getKey()
                        + "' was unexpected)");
              }
            });
    quota(call, false);
  }

  private void resetQuota(Call call) {
    allowed(call, true);
    nova.quotas().reset(call.param("target"), Quotas.COMPUTE.keySet());
    call.answer(202);
  }
}
