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
  SERVER_GROUPS(ServiceType.COMPUTE, "/os-server-groups"),
  KEY_PAIRS(ServiceType.COMPUTE, "/os-keypairs"),
  NETWORKS(ServiceType.NETWORK, "/networks"),
  SUBNETS(ServiceType.NETWORK, "/subnets"),
  PORTS(ServiceType.NETWORK, "/ports"),
  ROUTERS(ServiceType.NETWORK, "/routers"),
  SECURITY_GROUPS(ServiceType.NETWORK, "/security-groups"),
  SECURITY_GROUP_RULES(ServiceType.NETWORK, "/security-group-rules"),
  FLOATING_IPS(ServiceType.NETWORK, "/floatingips"),
  IMAGES(ServiceType.IMAGE, "/images"),
  VOLUMES(ServiceType.VOLUME, "/volumes"),
  LOAD_BALANCERS(ServiceType.LOAD_BALANCER, "/lbaas/loadbalancers"),
  LISTENERS(ServiceType.LOAD_BALANCER, "/lbaas/listeners"),
  POOLS(ServiceType.LOAD_BALANCER, "/lbaas/pools"),
  HEALTH_MONITORS(ServiceType.LOAD_BALANCER, "/lbaas/healthmonitors");

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
