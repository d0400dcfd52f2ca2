package io.isthmus.domain.template.type;

import static io.isthmus.domain.template.type.Property.text;

import io.isthmus.domain.template.Footing;

/**
 * What connects a volume to a server.
 *
 * @see "openstack/heat heat/engine/resources/openstack/cinder/volume.py, CinderVolumeAttachment"
 */
final class VolumeAttachmentType extends SchemaType {

  VolumeAttachmentType() {
    super("OS::Cinder::VolumeAttachment", Footing.PLACED, "compute");
    properties(
        text("instance_uuid", "The server.").required().updatable().refersTo("OS::Nova::Server"),
        text("volume_id", "The volume.")
            .required()
            .updatable()
            .custom("cinder.volume")
            .refersTo("OS::Cinder::Volume"),
        text("mountpoint", "Device name in the server, such as /dev/vdb.").updatable());
  }
}
