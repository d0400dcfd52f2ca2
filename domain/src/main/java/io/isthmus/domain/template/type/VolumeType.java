package io.isthmus.domain.template.type;

import static io.isthmus.domain.template.type.Property.integer;
import static io.isthmus.domain.template.type.Property.map;
import static io.isthmus.domain.template.type.Property.text;

import io.isthmus.domain.fault.Violation;
import io.isthmus.domain.template.CatalogKind;
import io.isthmus.domain.template.Footing;
import io.isthmus.domain.template.ResourceNode;
import java.util.List;
import java.util.Set;

/**
 * A volume.
 *
 * @see "openstack/heat heat/engine/resources/openstack/cinder/volume.py"
 */
final class VolumeType extends SchemaType {

  VolumeType() {
    super("OS::Cinder::Volume", Footing.PLACED, "block-storage");
    properties(
        integer("size", "Size in GiB.").updatable().atLeast(1),
        text("name", "Name of the volume.").updatable(),
        text("description", "Description of the volume.").updatable(),
        text("availability_zone", "Availability zone in which the volume shall be.")
            .in(CatalogKind.VOLUME_ZONE),
        text("volume_type", "Kind of storage.")
            .updatable()
            .custom("cinder.vtype")
            .in(CatalogKind.VOLUME_TYPE),
        map("metadata", "Keys and values to keep with the volume.").updatable(),
        text("image", "Name or ID of the image to fill the volume from.")
            .custom("glance.image")
            .in(CatalogKind.IMAGE),
        text("snapshot_id", "Snapshot to fill the volume from.").custom("cinder.snapshot"),
        text("source_volid", "Volume to copy.")
            .custom("cinder.volume")
            .refersTo("OS::Cinder::Volume"));
    attribute("availability_zone", "Availability zone in which the volume is.");
    attribute("size", "Size in GiB.");
    attribute("snapshot_id", "Snapshot that the volume was filled from.");
    attribute("display_name", "Name of the volume.");
    attribute("display_description", "Description of the volume.");
    attribute("volume_type", "Kind of storage.");
    attribute("metadata", "Keys and values kept with the volume, as JSON text.");
    attribute("metadata_values", "Keys and values kept with the volume.");
    attribute("source_volid", "Volume that it was copied from.");
    attribute("status", "The status of the volume.");
    attribute("created_at", "When it was made.");
    attribute("bootable", "Whether a server can boot from it.");
    attribute("encrypted", "Whether it is encrypted.");
    attribute("attachments_list", "Where it is attached.");
  }

  @Override
  public Set<String> unsupportedProperties() {
    return Set.of("backup_id", "imageRef", "scheduler_hints", "read_only", "multiattach");
  }

  @Override
  public Set<String> unsupportedAttributes() {
    return Set.of("show", "attachments", "multiattach");
  }

  @Override
  public List<Violation> validate(ResourceNode node) {
    return new Requirements(node)
        .anyOf("", "size", "snapshot_id", "source_volid")
        .notTogether("", "image", "snapshot_id", "source_volid")
        .violations();
  }
}
