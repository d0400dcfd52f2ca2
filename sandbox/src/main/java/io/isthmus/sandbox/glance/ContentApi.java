package io.isthmus.sandbox.glance;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.isthmus.sandbox.cloud.Cloud;
import io.isthmus.sandbox.http.Call;
import io.isthmus.sandbox.http.Fault;
import io.isthmus.sandbox.http.Json;
import io.isthmus.sandbox.http.Routes;
import io.javalin.http.HandlerType;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.SequenceInputStream;
import java.net.URI;
import java.net.URISyntaxException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.util.UUID;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.function.Consumer;

/**
 * How content comes into Glance and out of it: upload, staging, imports, download. As Glance's
 * store goes by the name {@code file}.
 */
final class ContentApi {
  private static final String STORE = "file";
  private static final String IMPORTING_TO = "os_glance_importing_to_stores";
  private static final String FAILED_IN = "os_glance_failed_import";
  private static final String TASK = "os_glance_import_task";
  private static final ExecutorService DOWNLOADS =
      Executors.newFixedThreadPool(
          4,
          work -> {
            Thread thread = new Thread(work, "web-downloads");
            thread.setDaemon(true);
            return thread;
          });

  private final Glance glance;
  private final Cloud cloud;
  private final WebDownload downloads;

  ContentApi(Glance glance) {
    this.glance = glance;
    this.cloud = glance.cloud();
    this.downloads = new WebDownload(cloud.downloadHosts());
    cloud.timers().on("glance.imported@" + glance.region(), id -> with(id, this::imported));
  }

  void routes(Routes r) {
    r.stream(HandlerType.PUT, "/v2/images/{id}/file", call -> take(call, "saving")).stream(
            HandlerType.PUT, "/v2/images/{id}/stage", call -> take(call, "uploading"))
        .stream(HandlerType.GET, "/v2/images/{id}/file", this::download)
        .post("/v2/images/{id}/import", this::startImport)
        .get("/v2/images/{id}/tasks", this::tasks)
        .get("/v2/info/import", this::importMethods);
  }

  private void with(String id, Consumer<ObjectNode> what) {
    glance.images().find(id).ifPresent(what);
  }

  private ObjectNode own(Call call) {
    String id = call.param("id");
    ObjectNode row =
        glance
            .image(id, call.projectId(), call.admin())
            .orElseThrow(() -> Fault.notFound("No image found with ID " + id));
    if (!call.admin() && !row.get("owner").asText().equals(call.projectId())) {
      throw Fault.forbidden("Not allowed to upload image data for image " + id);
    }
    return row;
  }

  /**
   * Reads content while the image has a status that says so.
   *
   * @param status {@code saving} for an upload, {@code uploading} for staging
   */
  private void take(Call call, String status) {
    if (!"application/octet-stream".equals(call.header("Content-Type"))) {
      throw Fault.of(415, "", "The Content-Type must be application/octet-stream");
    }
    String id = call.param("id");
    boolean staging = status.equals("uploading");
    cloud.change(() -> begin(call, status));
    Contents.Stored stored;
    try {
      InputStream sent = call.http().bodyInputStream();
      long length = call.http().req().getContentLengthLong();
      stored = glance.contents().store(id, SpoiltContent.of(sent, call.contentWeather(), length));
    } catch (IOException broken) {
      cloud.change(() -> with(id, this::restore));
      if (broken instanceof SpoiltContent.Broken) {
        call.hangUp(broken.getMessage());
        return;
      }
      throw Fault.badRequest("Client disconnected before sending all data to backend");
    }
    cloud.change(
        () -> {
          ObjectNode row =
              glance
                  .images()
                  .find(id)
                  .orElseThrow(
                      () ->
                          Fault.of(
                              410,
                              "",
                              "Image "
                                  + id
                                  + " could not be found after upload. The image may have been"
                                  + " deleted during the upload, cleaning up the chunks uploaded."));
          if (staging) {
            stage(row, stored);
          } else {
            glance.accept(row, stored);
          }
        });
    call.answer(204);
  }

  private void begin(Call call, String status) {
    if (status.equals("uploading")) {
      glance.requireRoomForStaging(call.projectId());
    } else {
      glance.requireRoomForContent(call.projectId());
    }
    ObjectNode row = own(call);
    String now = row.get("status").asText();
    if (!now.equals("queued")) {
      throw Fault.conflict(
          "Image status transition from " + now + " to " + status + " is not allowed");
    }
    if (row.get("disk_format").isNull() || row.get("container_format").isNull()) {
      throw Fault.badRequest(
          "Properties disk_format, container_format must be set prior to saving data.");
    }
    row.put("status", status);
    try {
      glance.requireRoomForUpload(call.projectId());
    } catch (Fault full) {
      restore(row);
      throw full;
    }
  }

  /** After a failure content may be sent again. */
  private void restore(ObjectNode row) {
    row.put("status", "queued").putNull("size");
    row.put("updated_at", Json.seconds(cloud.now()));
  }

  private static void stage(ObjectNode row, Contents.Stored stored) {
    row.put("size", stored.size());
    row.putObject("_staged")
        .put("size", stored.size())
        .put("md5", stored.md5())
        .put("sha512", stored.sha512());
  }

  private void startImport(Call call) {
    ObjectNode request = call.json();
    if (!(request.get("method") instanceof ObjectNode method)) {
      throw Fault.badRequest("Import request requires a 'method' field.");
    }
    String name = Json.text(method, "name");
    if (name == null) {
      throw Fault.badRequest("Import request requires a 'name' field.");
    }
    if (!glance.importMethods().contains(name)) {
      throw Fault.badRequest("Unknown import method name '" + name + "'.");
    }
    glance.requireRoomForContent(call.projectId());
    ObjectNode row = own(call);
    requireFit(row, name);
    String uri = Json.text(method, "uri");
    if (name.equals("web-download") && !passes(uri)) {
      throw Fault.badRequest("URI for web-download does not pass filtering: " + uri);
    }
    String task = UUID.randomUUID().toString();
    ArrayNode tasks = row.withArray("_tasks");
    String now = Json.seconds(cloud.now());
    tasks
        .addObject()
        .put("id", task)
        .put("type", "api_image_import")
        .put("status", "processing")
        .put("owner", call.projectId())
        .put("image_id", row.get("id").asText())
        .put("message", "")
        .put("created_at", now)
        .put("updated_at", now);
    row.put("status", "importing").put(IMPORTING_TO, STORE).put(FAILED_IN, "").put(TASK, task);
    String id = row.get("id").asText();
    if (name.equals("glance-direct")) {
      finishLater(id);
    } else {
      String weather = call.contentWeather();
      DOWNLOADS.execute(() -> fetch(id, task, URI.create(uri), weather));
    }
    call.answer(202);
  }

  private static void requireFit(ObjectNode row, String method) {
    String status = row.get("status").asText();
    if (status.equals("active")) {
      throw Fault.conflict("Image with status active cannot be target for import");
    }
    if (!status.equals("queued") && method.equals("web-download")) {
      throw Fault.conflict("Image needs to be in 'queued' state to use 'web-download' method");
    }
    boolean staged = status.equals("uploading") && row.has("_staged");
    if (!staged && method.equals("glance-direct")) {
      throw Fault.conflict("Image needs to be staged before 'glance-direct' method can be used");
    }
    for (String needed : new String[] {"container_format", "disk_format"}) {
      if (row.get(needed).isNull()) {
        throw Fault.conflict("'" + needed + "' needs to be set before import");
      }
    }
  }

  private boolean passes(String uri) {
    try {
      return downloads.allows(new URI(uri == null ? "" : uri));
    } catch (URISyntaxException malformed) {
      return false;
    }
  }

  private void fetch(String id, String task, URI source, String weather) {
    try {
      Contents.Stored stored =
          downloads.fetch(
              source,
              (body, length) ->
                  glance.contents().store(id, SpoiltContent.of(converted(body), weather, length)));
      cloud.change(() -> with(id, row -> stage(row, stored)));
      cloud.change(() -> finishLater(id));
    } catch (IOException | IllegalArgumentException failed) {
      cloud.change(() -> with(id, row -> failed(row, task, String.valueOf(failed.getMessage()))));
    } catch (InterruptedException ending) {
      Thread.currentThread().interrupt();
    }
  }

  /** What the plugins make of it has other bytes, whatever they are. */
  private InputStream converted(InputStream body) {
    return cloud.spec().imageConversion()
        ? new SequenceInputStream(
            new ByteArrayInputStream("converted\n".getBytes(StandardCharsets.US_ASCII)), body)
        : body;
  }

  private void finishLater(String id) {
    cloud
        .timers()
        .at(
            cloud.now().plus(cloud.spec().timing().imageImport()),
            "glance.imported@" + glance.region(),
            id);
  }

  private void imported(ObjectNode row) {
    if (!row.get("status").asText().equals("importing")
        || !(row.remove("_staged") instanceof ObjectNode staged)) {
      return;
    }
    endTask(row, row.path(TASK).asText(), "success", "");
    row.put(IMPORTING_TO, "");
    row.remove(TASK);
    glance.accept(
        row,
        new Contents.Stored(
            staged.get("size").asLong(),
            staged.get("md5").asText(),
            staged.get("sha512").asText()));
  }

  private void failed(ObjectNode row, String task, String why) {
    endTask(row, task, "failure", why);
    restore(row);
    row.put(IMPORTING_TO, "").put(FAILED_IN, STORE);
    row.remove(TASK);
  }

  private void endTask(ObjectNode row, String id, String status, String message) {
    row.path("_tasks")
        .forEach(
            task -> {
              if (task.get("id").asText().equals(id)) {
                ((ObjectNode) task)
                    .put("status", status)
                    .put("message", message)
                    .put("updated_at", Json.seconds(cloud.now()));
              }
            });
  }

  private void tasks(Call call) {
    ObjectNode row =
        glance
            .image(call.param("id"), call.projectId(), call.admin())
            .orElseThrow(() -> Fault.notFound(""));
    ObjectNode body = Json.obj();
    ArrayNode tasks = body.putArray("tasks");
    row.path("_tasks").forEach(task -> tasks.add(task.deepCopy()));
    call.answer(200, body);
  }

  private void download(Call call) throws IOException {
    String id = call.param("id");
    ObjectNode row =
        cloud.look(
            () ->
                glance
                    .image(id, call.projectId(), call.admin())
                    .orElseThrow(() -> Fault.notFound("No image found with ID " + id)));
    if (!row.get("status").asText().equals("active")) {
      call.answer(204);
      return;
    }
    if (!Files.exists(glance.contents().file(id))) {
      throw Fault.notFound("No image data could be found");
    }
    call.http()
        .status(200)
        .contentType("application/octet-stream")
        .header("Content-MD5", row.get("checksum").asText())
        .result(Files.newInputStream(glance.contents().file(id)));
  }

  private void importMethods(Call call) {
    ObjectNode body = Json.obj();
    ObjectNode methods = body.putObject("import-methods");
    methods.put("description", "Import methods available.").put("type", "array");
    methods.set("value", Json.texts(glance.importMethods()));
    call.answer(200, body);
  }
}
