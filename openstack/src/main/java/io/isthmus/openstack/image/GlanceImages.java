package io.isthmus.openstack.image;

import io.isthmus.domain.cloud.CloudConnection;
import io.isthmus.domain.fault.FaultCode;
import io.isthmus.domain.fault.FederationFault;
import io.isthmus.domain.image.CloudImage;
import io.isthmus.domain.image.CloudImage.Phase;
import io.isthmus.domain.image.ImageDigests;
import io.isthmus.domain.image.ImageDriver;
import io.isthmus.domain.image.ImageSpec;
import io.isthmus.domain.language.Phrase;
import io.isthmus.openstack.conversation.Call;
import io.isthmus.openstack.conversation.CloudSession;
import io.isthmus.openstack.conversation.Clouds;
import io.isthmus.openstack.http.CloudFault;
import io.isthmus.openstack.http.CloudFaults;
import io.isthmus.openstack.http.Deadline;
import io.isthmus.openstack.http.Upload;
import io.isthmus.openstack.keystone.ServiceType;
import io.isthmus.openstack.resource.Bodies;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import jakarta.json.JsonObject;
import jakarta.transaction.Transactional;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.Comparator;
import java.util.EnumSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.LongConsumer;

/**
 * Images of Glance v2. What a broken call did is not guessed: whoever asked looks again. Content
 * that cannot be read to its end is told as {@link UncheckedIOException}, since no cloud is to
 * blame.
 *
 * @see "Image API v2: images, image data, interoperable import"
 */
@ApplicationScoped
@Transactional(Transactional.TxType.NEVER)
public class GlanceImages implements ImageDriver {
  /** Longer than any upload is waited for; the caller's deadline is shorter. */
  private static final Duration LONGEST_UPLOAD = Duration.ofDays(2);

  private static final int UNAUTHORIZED = 401;
  private static final int NOT_FOUND = 404;

  private Clouds clouds;

  /** For the container's proxy. */
  protected GlanceImages() {}

  @Inject
  public GlanceImages(Clouds clouds) {
    this.clouds = clouds;
  }

  /** One region's Glance, asked until a deadline. */
  private record Glance(CloudSession session, String region, Deadline deadline) {

    Call get(String path) {
      return Call.get(ServiceType.IMAGE, region, path);
    }

    List<JsonObject> list(Call call) {
      List<JsonObject> images = session.list(call, "images", deadline);
      images.forEach(image -> requireWhole(call, image));
      return images;
    }

    Optional<JsonObject> find(String id) {
      Call call = get(image(id));
      try {
        JsonObject image = session.fetch(call, deadline);
        requireWhole(call, image);
        return Optional.of(image);
      } catch (CloudFault fault) {
        if (fault.status() == NOT_FOUND) {
          return Optional.empty();
        }
        throw fault;
      }
    }

    private void requireWhole(Call call, JsonObject image) {
      if (!ImageBodies.isWhole(image)) {
        throw CloudFaults.garbled(
            session.cloud(),
            call.method() + " image" + call.path().replaceAll("\\?.*", ""),
            "expected an image with id and status");
      }
    }
  }

  private Glance glance(CloudConnection connection, String region) {
    CloudSession session = clouds.session(connection);
    return new Glance(session, region, session.deadline());
  }

  private static String image(String id) {
    return "/images/" + URLEncoder.encode(id, StandardCharsets.UTF_8).replace("+", "%20");
  }

  @Override
  public Set<Way> ways(CloudConnection connection, String region) {
    Glance glance = glance(connection, region);
    Set<Way> ways = EnumSet.of(Way.UPLOAD);
    JsonObject told;
    try {
      told = glance.session().fetch(glance.get("/info/import"), glance.deadline());
    } catch (CloudFault fault) {
      if (fault.status() == NOT_FOUND) {
        // Older than Queens.
        return ways;
      }
      throw fault;
    }
    List<String> methods =
        told.get("import-methods") instanceof JsonObject object
            ? Bodies.texts(object, "value")
            : List.of();
    if (methods.contains("glance-direct")) {
      ways.add(Way.GLANCE_DIRECT);
    }
    if (methods.contains("web-download")) {
      ways.add(Way.WEB_DOWNLOAD);
    }
    return ways;
  }

  @Override
  public List<CloudImage> find(CloudConnection connection, String region, ImageDigests digests) {
    Glance glance = glance(connection, region);
    Map<String, JsonObject> found = new LinkedHashMap<>();
    String project = glance.session().projectId(glance.deadline());
    digests.sha512().ifPresent(value -> collect(glance, project, "os_hash_value", value, found));
    if (found.isEmpty()) {
      digests.sha256().ifPresent(value -> collect(glance, project, "os_hash_value", value, found));
    }
    if (found.isEmpty()) {
      digests.md5().ifPresent(value -> collect(glance, project, "checksum", value, found));
    }
    return found.values().stream()
        .filter(image -> image.getString("owner", "").equals(project))
        .filter(image -> isSame(image, digests))
        .map(ImageBodies::image)
        .filter(image -> image.phase() == Phase.ACTIVE)
        .toList();
  }

  private static void collect(
      Glance glance, String project, String filter, String value, Map<String, JsonObject> found) {
    Call call =
        glance
            .get("/images")
            .query("owner", project)
            .query("status", "active")
            .query(filter, value);
    glance.list(call).forEach(image -> found.putIfAbsent(image.getString("id"), image));
  }

  /**
   * Judged here again, since a Glance that does not know a filter ignores it or finds by something
   * else.
   */
  private static boolean isSame(JsonObject image, ImageDigests wanted) {
    ImageDigests has = ImageBodies.digests(image);
    return agree(has.sha512(), wanted.sha512())
        .or(() -> agree(has.sha256(), wanted.sha256()))
        .or(() -> agree(has.md5(), wanted.md5()))
        .orElse(false);
  }

  private static Optional<Boolean> agree(Optional<String> one, Optional<String> other) {
    return one.flatMap(digest -> other.map(digest::equalsIgnoreCase));
  }

  @Override
  public Optional<CloudImage> look(CloudConnection connection, String region, String id) {
    Glance glance = glance(connection, region);
    return glance.find(id).map(image -> withCloudsWords(glance, image));
  }

  /** Why an import failed is told by its task alone. */
  private static CloudImage withCloudsWords(Glance glance, JsonObject object) {
    CloudImage image = ImageBodies.image(object);
    if (image.phase() != Phase.FAILED) {
      return image;
    }
    return taskMessage(glance, image.id())
        .map(
            words ->
                new CloudImage(
                    image.id(),
                    image.name(),
                    image.phase(),
                    image.status(),
                    image.size(),
                    image.digests(),
                    Optional.of(Phrase.of("driver.image.failed", words)),
                    image.properties()))
        .orElse(image);
  }

  private static Optional<String> taskMessage(Glance glance, String id) {
    JsonObject tasks;
    try {
      tasks = glance.session().fetch(glance.get(image(id) + "/tasks"), glance.deadline());
    } catch (CloudFault fault) {
      if (fault.isRefusal() || fault.code() == FaultCode.CLOUD_GARBLED) {
        // Older than Wallaby, or not for everybody.
        return Optional.empty();
      }
      throw fault;
    }
    return Bodies.objects(tasks, "tasks").stream()
        .filter(task -> task.getString("status", "").equals("failure"))
        .max(Comparator.comparing(task -> Bodies.text(task, "updated_at").orElse("")))
        .flatMap(task -> Bodies.text(task, "message"))
        .map(CloudFaults::words)
        .filter(words -> !words.isEmpty());
  }

  @Override
  public List<CloudImage> marked(CloudConnection connection, String region, String mark) {
    Glance glance = glance(connection, region);
    String project = glance.session().projectId(glance.deadline());
    // Others may mark what they share as they like.
    Call call = glance.get("/images").query("owner", project).query(ImageBodies.MARK, mark);
    return glance.list(call).stream()
        .filter(image -> ImageBodies.mark(image).equals(Optional.of(mark)))
        .filter(image -> image.getString("owner", project).equals(project))
        .sorted(Comparator.comparing(image -> Bodies.text(image, "created_at").orElse("")))
        .map(ImageBodies::image)
        .toList();
  }

  @Override
  public String register(CloudConnection connection, String region, ImageSpec image, String mark) {
    Glance glance = glance(connection, region);
    Call call =
        Call.post(ServiceType.IMAGE, region, "/images", ImageBodies.registration(image, mark));
    JsonObject made = glance.session().fetch(call, glance.deadline());
    glance.requireWhole(call, made);
    return made.getString("id");
  }

  @Override
  public void upload(
      CloudConnection connection,
      String region,
      String id,
      Way way,
      Content content,
      LongConsumer sent,
      Instant deadline) {
    if (way == Way.WEB_DOWNLOAD) {
      throw new IllegalArgumentException("nothing is uploaded where the cloud downloads");
    }
    String path = image(id) + (way == Way.UPLOAD ? "/file" : "/stage");
    Call call =
        new Call("PUT", ServiceType.IMAGE, region, path, Optional.empty(), Optional.empty());
    CloudSession session = clouds.session(connection);
    try {
      stream(session, call, id, content, sent, Deadline.at(deadline, LONGEST_UPLOAD));
    } catch (CloudFault fault) {
      if (fault.status() != UNAUTHORIZED) {
        throw fault;
      }
      // A token that was taken back meanwhile. Glance that notices it only at the end throws the
      // image away, and then there is nothing to send to.
      stream(session, call, id, content, sent, Deadline.at(deadline, LONGEST_UPLOAD));
    }
    if (way == Way.GLANCE_DIRECT) {
      importStaged(glance(connection, region), id);
    }
  }

  private static void stream(
      CloudSession session,
      Call call,
      String id,
      Content content,
      LongConsumer sent,
      Deadline deadline) {
    // Before anything is sent, so that a token that does not hold and an image that takes nothing
    // are told at once, and not after gigabytes that nobody reads.
    Call look = Call.get(ServiceType.IMAGE, call.region(), image(id));
    String status =
        session.fetch(look, session.deadline().earlier(deadline)).getString("status", "");
    if (!status.equals("queued")) {
      throw CloudFaults.notTaken(session.cloud(), told(call), status);
    }
    Upload upload = new Upload(content.size(), content::open, sent);
    try {
      session.upload(call, upload, deadline);
    } catch (FederationFault fault) {
      if (upload.broken().isPresent()) {
        IOException broken = upload.broken().get();
        broken.addSuppressed(fault);
        throw new UncheckedIOException(broken);
      }
      throw fault;
    }
  }

  private static String told(Call call) {
    return call.method() + " image" + call.path();
  }

  /** A second request that meets the first is refused, so it may be repeated. */
  private static void importStaged(Glance glance, String id) {
    Call call =
        Call.post(
            ServiceType.IMAGE, glance.region(), image(id) + "/import", ImageBodies.importStaged());
    try {
      glance.session().send(call, glance.deadline());
    } catch (CloudFault fault) {
      Optional<JsonObject> now = fault.isRefusal() ? Optional.empty() : glance.find(id);
      if (now.isEmpty()) {
        throw fault;
      }
      boolean waits =
          now.get().getString("status").equals("uploading") && !ImageBodies.isImporting(now.get());
      if (waits) {
        glance.session().send(call, glance.deadline());
      }
    }
  }

  @Override
  public void download(CloudConnection connection, String region, String id, URI source) {
    Glance glance = glance(connection, region);
    Call call =
        Call.post(
            ServiceType.IMAGE,
            region,
            image(id) + "/import",
            ImageBodies.importFrom(source.toASCIIString()));
    glance.session().send(call, glance.deadline());
  }

  @Override
  public void delete(CloudConnection connection, String region, String id) {
    Glance glance = glance(connection, region);
    try {
      glance.session().send(Call.delete(ServiceType.IMAGE, region, image(id)), glance.deadline());
    } catch (CloudFault fault) {
      if (fault.status() != NOT_FOUND) {
        throw fault;
      }
    }
  }
}
