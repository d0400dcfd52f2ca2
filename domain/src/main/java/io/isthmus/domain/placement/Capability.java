package io.isthmus.domain.placement;

import java.util.Arrays;
import java.util.List;
import java.util.Optional;

/**
 * What a rule can require a region to offer: a service of its catalog, or an extension of its
 * network service.
 *
 * @see "openstack/service-types-authority, service-types.yaml"
 * @see "OpenStack Networking API v2, extensions"
 */
public enum Capability {
  COMPUTE("compute", "compute", false),
  NETWORK("network", "network", false),
  IMAGE("image", "image", false),
  VOLUME("volume", "block-storage", false),
  OBJECT_STORE("object-store", "object-store", false),
  SHARED_FILE_SYSTEM("shared-file-system", "shared-file-system", false),
  LOAD_BALANCER("load-balancer", "load-balancer", false),
  DNS("dns", "dns", false),
  KEY_MANAGER("key-manager", "key-manager", false),
  ORCHESTRATION("orchestration", "orchestration", false),
  CONTAINER_INFRA("container-infra", "container-infra", false),
  BAREMETAL("baremetal", "baremetal", false),
  DATA_PROCESSING("data-processing", "data-processing", false),
  VPN("vpn", "vpnaas", true),
  QOS("qos", "qos", true),
  TRUNK("trunk", "trunk", true),
  SECURITY_GROUP("security-group", "security-group", true);

  private final String word;
  private final String offer;
  private final boolean extension;

  Capability(String word, String offer, boolean extension) {
    this.word = word;
    this.offer = offer;
    this.extension = extension;
  }

  /** As policies write it. */
  public String word() {
    return word;
  }

  /** Official service type, or alias of Neutron's extension. */
  public String offer() {
    return offer;
  }

  /** Whether it is an extension of the network service rather than a service of its own. */
  public boolean isExtension() {
    return extension;
  }

  static Optional<Capability> find(String word) {
    return Arrays.stream(values()).filter(capability -> capability.word.equals(word)).findFirst();
  }

  static List<String> words() {
    return Arrays.stream(values()).map(Capability::word).toList();
  }
}
