package io.isthmus.domain.template.type;

import static io.isthmus.domain.template.type.Property.any;
import static io.isthmus.domain.template.type.Property.bool;
import static io.isthmus.domain.template.type.Property.integer;
import static io.isthmus.domain.template.type.Property.listOf;
import static io.isthmus.domain.template.type.Property.listOfMaps;
import static io.isthmus.domain.template.type.Property.listOfTexts;
import static io.isthmus.domain.template.type.Property.map;
import static io.isthmus.domain.template.type.Property.text;

import io.isthmus.domain.fault.Violation;
import io.isthmus.domain.language.Phrase;
import io.isthmus.domain.template.CatalogKind;
import io.isthmus.domain.template.Footing;
import io.isthmus.domain.template.ResourceNode;
import jakarta.json.JsonArray;
import jakarta.json.JsonObject;
import jakarta.json.JsonValue;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * A server.
 *
 * @see "openstack/heat heat/engine/resources/openstack/nova/server.py"
 */
final class ServerType extends SchemaType {

  ServerType() {
    super("OS::Nova::Server", Footing.PLACED, "compute");
    properties(
        text("name", "Name of the server.").updatable(),
        text("flavor", "The ID or name of the flavor to boot onto.")
            .required()
            .updatable()
            .custom("nova.flavor")
            .in(CatalogKind.FLAVOR),
        text("image", "The ID or name of the image to boot with.")
            .updatable()
            .custom("glance.image")
            .in(CatalogKind.IMAGE),
        text("key_name", "Name of the key pair to inject into the server.")
            .custom("nova.keypair")
            .refersTo("OS::Nova::KeyPair"),
        listOfMaps(
                "networks",
                "The networks or ports that the server is connected to, in order.",
                text("network", "Name or ID of the network to create a port on.")
                    .custom("neutron.network")
                    .refersTo("OS::Neutron::Net")
                    .in(CatalogKind.NETWORK),
                text("uuid", "Old name of network.")
                    .custom("neutron.network")
                    .refersTo("OS::Neutron::Net")
                    .in(CatalogKind.NETWORK),
                text("subnet", "Subnet to take the port's address from.")
                    .refersTo("OS::Neutron::Subnet"),
                text("port", "ID of a port to connect the server to.")
                    .custom("neutron.port")
                    .refersTo("OS::Neutron::Port"),
                text("fixed_ip", "Address that the port on the network shall have.")
                    .custom("ip_addr"))
            .updatable(),
        listOf(
            "security_groups",
            "Names or IDs of the security groups of ports that are made for the server.",
            text("*", "").refersTo("OS::Neutron::SecurityGroup")),
        text("availability_zone", "Availability zone in which the server shall run.")
            .in(CatalogKind.COMPUTE_ZONE),
        text("user_data", "What cloud-init is given at the first boot.").updatable(),
        text(
                "user_data_format",
                "How user_data is formed; RAW passes it as it is, SOFTWARE_CONFIG as a MIME"
                    + " document.")
            .oneOf("RAW", "SOFTWARE_CONFIG"),
        map("metadata", "Keys and values to keep with the server.").updatable(),
        bool("config_drive", "Whether to give metadata and user data by a drive."),
        map(
            "scheduler_hints",
            "Hints for the cloud's scheduler.",
            text("group", "Server group that the server belongs to.")
                .refersTo(ServerGroupType.NAME),
            any("*", "Any other hint.")),
        listOfTexts("tags", "Tags of the server.").updatable(),
        text("admin_pass", "Password of the administrator in the server.").updatable(),
        text("diskConfig", "How the disk is partitioned.").oneOf("AUTO", "MANUAL"),
        text("flavor_update_policy", "Whether a new flavor resizes or replaces the server.")
            .updatable()
            .oneOf("RESIZE", "REPLACE"),
        text("image_update_policy", "Whether a new image rebuilds or replaces the server.")
            .updatable()
            .oneOf("REBUILD", "REPLACE", "REBUILD_PRESERVE_EPHEMERAL"),
        text("user_data_update_policy", "What new user_data does to the server.")
            .updatable()
            .oneOf("REPLACE", "IGNORE", "REBUILD"),
        listOfMaps(
            "block_device_mapping_v2",
            "Disks of the server, such as a volume to boot from.",
            text("device_name", "Name of the device in the server."),
            text("volume_id", "Volume to attach.")
                .custom("cinder.volume")
                .refersTo("OS::Cinder::Volume"),
            text("image", "Image to make a volume of.")
                .custom("glance.image")
                .in(CatalogKind.IMAGE),
            text("snapshot_id", "Snapshot to make a volume of.").custom("cinder.snapshot"),
            integer("boot_index", "Order in which disks are tried at boot; 0 is first."),
            integer("volume_size", "Size of a volume that is made, in GiB.").atLeast(1),
            bool("delete_on_termination", "Whether the volume goes with the server."),
            text("device_type", "disk or cdrom.").oneOf("cdrom", "disk"),
            text("disk_bus", "Bus of the device.")
                .oneOf("ide", "lame_bus", "scsi", "usb", "virtio")));
    attribute("name", "Name of the server.");
    attribute("addresses", "Addresses by network, each with its port and subnets.");
    attribute("networks", "Addresses by network name and network ID.");
    attribute("first_address", "The first address of the first network.");
    attribute("accessIPv4", "The IPv4 address that is set for access.");
    attribute("accessIPv6", "The IPv6 address that is set for access.");
  }

  @Override
  public Set<String> unsupportedProperties() {
    return Set.of(
        "block_device_mapping",
        "block_device_mapping_v2.*.image_id",
        "block_device_mapping_v2.*.swap_size",
        "block_device_mapping_v2.*.ephemeral_size",
        "block_device_mapping_v2.*.ephemeral_format",
        "admin_user",
        "software_config_transport",
        "reservation_id",
        "personality",
        "deployment_swift_data",
        "networks.*.allocate_network",
        "networks.*.port_extra_properties",
        "networks.*.floating_ip",
        "networks.*.tag");
  }

  @Override
  public Set<String> unsupportedAttributes() {
    return Set.of("show", "instance_name", "console_urls", "tags", "os_collect_config");
  }

  @Override
  public List<Violation> validate(ResourceNode node) {
    Requirements requirements = new Requirements(node);
    JsonObject known = node.knownProperties();
    boolean formatGiven = node.gives("user_data_format");
    if (node.gives("user_data") && !formatGiven) {
      requirements.add(
          "user_data_format",
          Phrase.of("template.user-data-format"),
          Phrase.of("template.user-data-format-remedy"));
    }
    UserData.of(known)
        .map(UserData::bytes)
        .filter(bytes -> bytes > UserData.MOST_BYTES)
        .ifPresent(
            bytes ->
                requirements.add(
                    "user_data",
                    Phrase.of("template.user-data-too-long", bytes, UserData.MOST_BYTES),
                    Phrase.of("template.user-data-too-long-remedy")));
    int networks = size(known.get("networks"));
    for (int i = 0; i < networks; i++) {
      String at = "networks." + i + ".";
      requirements
          .anyOf(at, "network", "uuid", "port", "subnet")
          .notTogether(at, "network", "uuid")
          .notTogether(at, "port", "subnet")
          .notTogether(at, "port", "fixed_ip");
    }
    boolean boots = node.gives("image");
    int disks = size(known.get("block_device_mapping_v2"));
    for (int i = 0; i < disks; i++) {
      String at = "block_device_mapping_v2." + i + ".";
      requirements
          .anyOf(at, "volume_id", "image", "snapshot_id")
          .notTogether(at, "volume_id", "image", "snapshot_id");
      if (node.gives(at + "image") && !node.gives(at + "volume_size")) {
        requirements.add(at + "volume_size", Phrase.of("template.volume-size-with-image"));
      }
      boots |= bootIndex(known, i).isPresent() || node.gives(at + "boot_index");
    }
    if (!boots) {
      requirements.add(
          "image",
          Phrase.of("template.nothing-to-boot"),
          Phrase.of("template.nothing-to-boot-remedy"));
    }
    return requirements.violations();
  }

  private static Optional<JsonValue> bootIndex(JsonObject known, int disk) {
    return known.get("block_device_mapping_v2") instanceof JsonArray list
            && list.get(disk) instanceof JsonObject entry
        ? Optional.ofNullable(entry.get("boot_index"))
        : Optional.empty();
  }

  private static int size(JsonValue value) {
    return value instanceof JsonArray list ? list.size() : 0;
  }
}
