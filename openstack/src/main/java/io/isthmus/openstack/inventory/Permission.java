package io.isthmus.openstack.inventory;

import io.isthmus.openstack.conversation.Call;
import io.isthmus.openstack.keystone.ServiceType;
import java.util.Locale;

/**
 * What a project has to be let see so that stacks can live in a region. Each is tried by a call
 * that changes nothing; what may be created is not known before something is, and is judged by the
 * roles.
 */
enum Permission {
  SERVERS(ServiceType.COMPUTE, "/servers"),
  KEY_PAIRS(ServiceType.COMPUTE, "/os-keypairs"),
  PORTS(ServiceType.NETWORK, "/ports"),
  ROUTERS(ServiceType.NETWORK, "/routers"),
  SECURITY_GROUPS(ServiceType.NETWORK, "/security-groups"),
  FLOATING_IPS(ServiceType.NETWORK, "/floatingips"),
  VOLUMES(ServiceType.VOLUME, "/volumes");

  private final ServiceType service;
  private final String path;

  Permission(ServiceType service, String path) {
    this.service = service;
    this.path = path;
  }

  ServiceType service() {
    return service;
  }

  Call call(String region) {
    return Call.get(service, region, path).query("limit", "1");
  }

  String word() {
    return name().toLowerCase(Locale.ROOT).replace('_', '-');
  }
}
