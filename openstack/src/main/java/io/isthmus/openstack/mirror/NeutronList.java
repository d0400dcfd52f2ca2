package io.isthmus.openstack.mirror;

import io.isthmus.domain.mirror.MirrorItem;
import io.isthmus.domain.mirror.MirrorKind;
import jakarta.json.JsonObject;
import java.util.List;
import java.util.function.Function;

/**
 * A list of Neutron.
 *
 * @param isExtension whether a Neutron may do without it
 * @param path below the endpoint: {@code /security-groups}
 * @param collection around the list: {@code security_groups}
 * @param quota what its quota is called
 * @param fields that are asked for
 * @param item what is told of a thing
 */
record NeutronList(
    boolean isExtension,
    String path,
    String collection,
    String quota,
    List<String> fields,
    Function<JsonObject, MirrorItem> item) {

  static NeutronList of(MirrorKind kind) {
    return switch (kind) {
      case PORT -> new NeutronList(false, "/ports", "ports", "port", Items.PORT, Items::port);
      case FLOATING_IP ->
          new NeutronList(
              true,
              "/floatingips",
              "floatingips",
              "floatingip",
              Items.FLOATING_IP,
              Items::floatingIp);
      case SECURITY_GROUP ->
          new NeutronList(
              true,
              "/security-groups",
              "security_groups",
              "security_group",
              Items.SECURITY_GROUP,
              Items::securityGroup);
      default -> throw new IllegalArgumentException(kind.toString());
    };
  }
}
