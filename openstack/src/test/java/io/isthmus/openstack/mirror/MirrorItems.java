package io.isthmus.openstack.mirror;

import io.isthmus.domain.mirror.MirrorItem;
import io.isthmus.domain.mirror.MirrorKind;
import jakarta.json.JsonObject;

/** What the mirror keeps of a cloud's answers, for other packages' tests. */
public final class MirrorItems {

  private MirrorItems() {}

  public static MirrorItem of(MirrorKind kind, JsonObject told) {
    return switch (kind) {
      case SERVER -> Items.server(told);
      case VOLUME -> Items.volume(told);
      case NETWORK -> Items.network(told, true);
      case PORT -> Items.port(told);
      case FLOATING_IP -> Items.floatingIp(told);
      case SECURITY_GROUP -> Items.securityGroup(told);
    };
  }
}
