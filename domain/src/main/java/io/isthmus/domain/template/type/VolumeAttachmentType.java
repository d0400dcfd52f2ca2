package io.isthmus.domain.template.type;

import static io.isthmus.domain.template.type.Property.text;

import io.isthmus.domain.template.Footing;

/**
 * What connects a volume to a server. A change of its ends is made in place: the volume leaves one
 * server and goes into the other. Heat does the same for the mountpoint, but hypervisors may choose
 * another one than the wish, so that nothing shows whether it was done; here another mountpoint
 * makes another attachment, which comes to the same.
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
        text("mountpoint", "Device name in the server, such as /dev/vdb."));
  }
}
