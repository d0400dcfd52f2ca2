package io.isthmus.sandbox.octavia;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.isthmus.sandbox.cloud.Quotas;
import io.isthmus.sandbox.http.Call;
import io.isthmus.sandbox.http.Fault;
import io.isthmus.sandbox.http.Json;
import io.isthmus.sandbox.http.Routes;

/**
 * The quotas of Octavia over HTTP.
 *
 * @see "octavia/api/v2/controllers/quotas.py"
 */
final class QuotaApi {
  private final Quotas quotas;

  QuotaApi(Quotas quotas) {
    this.quotas = quotas;
  }

  void routes(Routes r, String path) {
    r.get(path + "/defaults", call -> call.answer(200, standard()))
        .get(path + "/{project}/default", call -> call.answer(200, standard()))
        .get(path + "/{project}", this::show)
        .put(path + "/{project}", this::change)
        .delete(path + "/{project}", this::reset);
  }

  private ObjectNode standard() {
    ObjectNode quota = Json.obj();
    Quotas.LOAD_BALANCER.keySet().forEach(name -> quota.put(name, quotas.standard(name)));
    return Json.obj().set("quota", quota);
  }

  private void show(Call call) {
    String project = call.param("project");
    if (!project.equals(call.projectId()) && !call.admin()) {
      throw forbidden();
    }
    call.answer(200, ofProject(project));
  }

  private ObjectNode ofProject(String project) {
    ObjectNode quota = Json.obj();
    Quotas.LOAD_BALANCER.keySet().forEach(name -> quota.put(name, quotas.limit(project, name)));
    return Json.obj().set("quota", quota);
  }

  private void change(Call call) {
    requireAdmin(call);
    call.json()
        .path("quota")
        .fields()
        .forEachRemaining(
            entry -> {
              if (!Quotas.LOAD_BALANCER.containsKey(entry.getKey()) || !entry.getValue().isInt()) {
                throw Fault.badRequest(
                    "Invalid input for field/attribute "
                        + entry.getKey()
                        + ". Value: '"
                        + entry.getValue().asText()
                        + "'.");
              }
              quotas.change(call.param("project"), entry.getKey(), entry.getValue().asInt());
            });
    call.answer(202, ofProject(call.param("project")));
  }

  private void reset(Call call) {
    requireAdmin(call);
    quotas.reset(call.param("project"), Quotas.LOAD_BALANCER.keySet());
    call.answer(204);
  }

  private static void requireAdmin(Call call) {
    if (!call.admin()) {
      throw forbidden();
    }
  }

  private static Fault forbidden() {
    return Fault.forbidden("Policy does not allow this request to be performed.");
  }
}
