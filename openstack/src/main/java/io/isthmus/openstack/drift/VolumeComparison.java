package io.isthmus.openstack.drift;

import io.isthmus.domain.drift.PartComparison;
import io.isthmus.domain.drift.PropertyDrift;
import io.isthmus.domain.drift.Surroundings;
import io.isthmus.domain.json.Json;
import io.isthmus.domain.mirror.MirrorItem;
import io.isthmus.domain.mirror.MirrorKind;
import io.isthmus.domain.stack.DesiredPart;
import io.isthmus.openstack.resource.Bodies;
import io.isthmus.openstack.resource.Names;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.json.JsonObject;
import jakarta.json.JsonObjectBuilder;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * Compares volumes: size, type, and the servers that they are attached to.
 *
 * @see "Block Storage API v3, volumes"
 */
@ApplicationScoped
public class VolumeComparison implements PartComparison {
  private static final String SERVER = "OS::Nova::Server";
  private static final String ATTACHMENT = "OS::Cinder::VolumeAttachment";
  private static final String SIZE = "size";
  private static final String TYPE = "volume_type";

  @Override
  public Set<String> types() {
    return Set.of("OS::Cinder::Volume");
  }

  @Override
  public MirrorKind kind() {
    return MirrorKind.VOLUME;
  }

  @Override
  public JsonObject chosen(DesiredPart part, MirrorItem item, Surroundings around) {
    JsonObjectBuilder chosen = Json.createObjectBuilder();
    Bodies.copyAs(item.details(), SIZE, chosen, SIZE);
    Bodies.copyAs(item.details(), TYPE, chosen, TYPE);
    return chosen.build();
  }

  @Override
  public Compared compare(
      DesiredPart part, JsonObject chosen, MirrorItem item, Surroundings around) {
    Comparing comparing = new Comparing();
    JsonObject volume = item.details();
    comparing.name(part, item);
    if (Comparing.isCut(item)) {
      comparing.untold(SIZE);
      return comparing.result();
    }
    size(part.properties(), chosen, volume, comparing);
    type(part.properties(), chosen, volume, comparing);
    servers(item, around, comparing);
    return comparing.result();
  }

  private static void size(
      JsonObject given, JsonObject chosen, JsonObject volume, Comparing comparing) {
    long expected = Bodies.number(given, SIZE, Bodies.number(chosen, SIZE, -1));
    long found = Bodies.number(volume, SIZE, -1);
    if (expected > 0 && found > 0 && expected != found) {
      comparing.add(
          PropertyDrift.changed(SIZE, Json.createValue(expected), Json.createValue(found)));
    }
  }

  /** Clouds tell a type by its name, and take an id as well. */
  private static void type(
      JsonObject given, JsonObject chosen, JsonObject volume, Comparing comparing) {
    Optional<String> expected =
        Bodies.text(given, TYPE)
            .filter(type -> !Names.isId(type))
            .or(() -> Bodies.text(chosen, TYPE));
    Optional<String> found = Bodies.text(volume, TYPE);
    if (expected.isPresent() && found.isPresent()) {
      comparing.text(TYPE, expected.get(), found.get());
    }
  }

  /** What other stacks attach is theirs to say. */
  private static void servers(MirrorItem volume, Surroundings around, Comparing comparing) {
    Set<String> wanted = new HashSet<>();
    around.given(ATTACHMENT).stream()
        .filter(
            attachment ->
                Bodies.text(attachment, "volume_id").filter(volume.id()::equals).isPresent())
        .forEach(attachment -> Bodies.text(attachment, "instance_uuid").ifPresent(wanted::add));
    boolean isDisk =
        around.given(SERVER).stream()
            .flatMap(server -> Bodies.objects(server, "block_device_mapping_v2").stream())
            .anyMatch(
                disk -> Bodies.text(disk, "volume_id").filter(volume.id()::equals).isPresent());
    List<String> others =
        Bodies.objects(volume.details(), "attachments").stream()
            .flatMap(one -> Bodies.text(one, "server_id").stream())
            .filter(server -> !wanted.contains(server))
            .filter(server -> !around.isPart(SERVER, server))
            .distinct()
            .toList();
    boolean elsewhere = wanted.isEmpty() && !isDisk && around.isPart(ATTACHMENT, volume.id());
    if (!elsewhere) {
      others.forEach(
          server ->
              comparing.add(
                  PropertyDrift.changed(
                      "attachments", "", around.name(MirrorKind.SERVER, server).orElse(server))));
    }
  }
}
