package io.isthmus.openstack.volume;

import io.isthmus.domain.stack.DesiredPart;
import io.isthmus.domain.stack.Sighting;
import io.isthmus.openstack.conversation.Clouds;
import io.isthmus.openstack.keystone.ServiceType;
import io.isthmus.openstack.resource.Bodies;
import io.isthmus.openstack.resource.RelationDriver;
import io.isthmus.openstack.resource.Work;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.json.JsonObject;
import jakarta.json.JsonObjectBuilder;
import java.util.Collection;
import java.util.List;
import java.util.Optional;

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
    List<String> volumes = parts.stream().map(VolumeAttachmentDriver::volume).distinct().toList();
    if (volumes.size() == 1) {
      return volumes.get(0).isEmpty()
          ? List.of()
          : work
              .session()
              .find(
                  work.get(ServiceType.VOLUME, "/volumes/" + volumes.get(0)),
                  "volume",
                  work.deadline())
              .stream()
              .toList();
    }
    return work.session()
        .list(work.get(ServiceType.VOLUME, "/volumes/detail"), "volumes", work.deadline());
  }

  @Override
  protected Optional<Relation> among(List<JsonObject> volumes, DesiredPart part) {
    return volumes.stream()
        .filter(found -> found.getString("id").equals(volume(part)))
        .filter(
            found ->
                Bodies.objects(found, "attachments").stream()
                        .anyMatch(one -> one.getString("server_id", "").equals(server(part)))
                    || isOnItsWay(found))
        .findFirst()
        .map(VolumeAttachmentDriver::relation);
  }

  /** Cinder names the server only when the attachment is done. */
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
  protected boolean endsAtOnce() {
    return false;
  }
}
