package io.isthmus.openstack.volume;

import io.isthmus.domain.stack.DesiredPart;
import io.isthmus.domain.stack.Sighting;
import io.isthmus.domain.stack.StackId;
import io.isthmus.openstack.conversation.Call;
import io.isthmus.openstack.conversation.Clouds;
import io.isthmus.openstack.http.CloudFault;
import io.isthmus.openstack.keystone.ServiceType;
import io.isthmus.openstack.resource.Bodies;
import io.isthmus.openstack.resource.RelationDriver;
import io.isthmus.openstack.resource.Work;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.json.JsonObject;
import jakarta.json.JsonObjectBuilder;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * Drives {@code OS::Cinder::VolumeAttachment}: a volume in a server. The volume shows it, and the
 * volume's id stands for it, as Nova does it too.
 */
@ApplicationScoped
public class VolumeAttachmentDriver extends RelationDriver {

  /** For the container. */
  public VolumeAttachmentDriver() {}

  public VolumeAttachmentDriver(Clouds clouds) {
    super(clouds);
  }

  @Override
  protected String type() {
    return "OS::Cinder::VolumeAttachment";
  }

  private static String server(DesiredPart part) {
    return Bodies.text(part.properties(), "instance_uuid").orElse("");
  }

  private static String volume(DesiredPart part) {
    return Bodies.text(part.properties(), "volume_id").orElse("");
  }

  @Override
  protected List<JsonObject> read(Work work, Collection<DesiredPart> parts) {
    Map<String, JsonObject> volumes = volumes(work, parts);
    List<JsonObject> read = new ArrayList<>(volumes.values());
    // Cinder names the server only when the attachment is done; until then Nova knows it.
    parts.stream()
        .filter(part -> volumes.containsKey(volume(part)))
        .filter(part -> isOnItsWay(volumes.get(volume(part))))
        .map(VolumeAttachmentDriver::server)
        .distinct()
        .forEach(server -> read.addAll(attachments(work, server)));
    return read;
  }

  private static Map<String, JsonObject> volumes(Work work, Collection<DesiredPart> parts) {
    Map<String, JsonObject> volumes = new LinkedHashMap<>();
    Set<StackId> stacks = new HashSet<>();
    parts.forEach(part -> stacks.add(part.mark().stack()));
    if (parts.size() > 1) {
      Call list = work.get(ServiceType.VOLUME, "/volumes/detail");
      for (StackId stack : stacks) {
        work.session()
            .list(VolumeDriver.ofStack(list, stack), "volumes", work.deadline())
            .forEach(found -> volumes.put(found.getString("id"), found));
      }
    }
    // Those that are no part of a stack.
    for (DesiredPart part : parts) {
      String id = volume(part);
      if (!id.isEmpty() && !volumes.containsKey(id)) {
        Call one = work.get(ServiceType.VOLUME, "/volumes/" + id);
        work.session()
            .find(one, "volume", work.deadline())
            .ifPresent(found -> volumes.put(id, found));
      }
    }
    return volumes;
  }

  private static List<JsonObject> attachments(Work work, String server) {
    Call call = work.get(ServiceType.COMPUTE, "/servers/" + server + "/os-volume_attachments");
    try {
      return work.session().list(call, "volumeAttachments", work.deadline());
    } catch (CloudFault fault) {
      if (fault.status() == 404) {
        return List.of();
      }
      throw fault;
    }
  }

  @Override
  protected Optional<Relation> among(List<JsonObject> read, DesiredPart part) {
    boolean inServer =
        read.stream()
            .filter(found -> found.getString("serverId", "").equals(server(part)))
            .anyMatch(found -> found.getString("volumeId", "").equals(volume(part)));
    return read.stream()
        .filter(found -> !found.containsKey("volumeId"))
        .filter(found -> found.getString("id").equals(volume(part)))
        .filter(found -> inServer || holds(found, server(part)))
        .findFirst()
        .map(VolumeAttachmentDriver::relation);
  }

  private static boolean holds(JsonObject found, String server) {
    return Bodies.objects(found, "attachments").stream()
        .anyMatch(one -> one.getString("server_id", "").equals(server));
  }

  private static boolean isOnItsWay(JsonObject found) {
    return List.of("attaching", "reserved").contains(found.getString("status", ""));
  }

  private static Relation relation(JsonObject found) {
    String status = found.getString("status", "");
    Sighting.Phase phase =
        switch (status) {
          case "attaching", "reserved" -> Sighting.Phase.BUILDING;
          case "detaching" -> Sighting.Phase.DELETING;
          default -> Sighting.Phase.READY;
        };
    return new Relation(found.getString("id"), phase, status, found);
  }

  @Override
  protected Relation relate(Work work, DesiredPart part) {
    JsonObjectBuilder attachment = Bodies.copy(part.properties());
    attachment.add("volumeId", volume(part));
    Bodies.text(part.properties(), "mountpoint").ifPresent(at -> attachment.add("device", at));
    JsonObject answer =
        work.session()
            .fetch(
                work.post(
                    ServiceType.COMPUTE,
                    "/servers/" + server(part) + "/os-volume_attachments",
                    Bodies.under("volumeAttachment", attachment.build())),
                "volumeAttachment",
                work.deadline());
    return new Relation(volume(part), Sighting.Phase.BUILDING, "attaching", answer);
  }

  @Override
  protected void part(Work work, DesiredPart part, Relation relation) {
    work.session()
        .send(
            work.delete(
                ServiceType.COMPUTE,
                "/servers/" + server(part) + "/os-volume_attachments/" + volume(part)),
            work.deadline());
  }

  @Override
  protected List<String> ends() {
    return List.of("instance_uuid", "volume_id");
  }

  @Override
  protected boolean endsAtOnce() {
    return false;
  }
}
