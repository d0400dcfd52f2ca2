package io.isthmus.openstack.keystone;

import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * The services that the driver speaks to, by official type, with the names that catalogs also use.
 *
 * @see "openstack/service-types-authority, service-types.yaml"
 */
public enum ServiceType {
  COMPUTE("compute", true, List.of("compute")),
  NETWORK("network", true, List.of("network")),
  IMAGE("image", true, List.of("image")),
  VOLUME("block-storage", false, List.of("block-storage", "volumev3", "block-store", "volume")),
  LOAD_BALANCER("load-balancer", false, List.of("load-balancer", "loadbalancer"));

  private static final Map<String, String> OTHER_ALIASES =
      Map.ofEntries(
          Map.entry("volumev2", "block-storage"),
          Map.entry("container-infrastructure-management", "container-infra"),
          Map.entry("container-infrastructure", "container-infra"),
          Map.entry("sharev2", "shared-file-system"),
          Map.entry("share", "shared-file-system"),
          Map.entry("bare-metal", "baremetal"),
          Map.entry("dataprocessing", "data-processing"),
          Map.entry("keymanager", "key-manager"));

  private final String official;
  private final boolean needed;
  private final List<String> aliases;

  ServiceType(String official, boolean needed, List<String> aliases) {
    this.official = official;
    this.needed = needed;
    this.aliases = aliases;
  }

  public String official() {
    return official;
  }

  /** Whether nothing at all can be placed in a region that does not offer it. */
  public boolean isNeeded() {
    return needed;
  }

  /** Names in catalogs, the preferred one first. */
  List<String> aliases() {
    return aliases;
  }

  /** The service that a catalog's type names, if the driver speaks to it. */
  public static Optional<ServiceType> find(String catalogType) {
    for (ServiceType type : values()) {
      if (type.aliases.contains(catalogType)) {
        return Optional.of(type);
      }
    }
    return Optional.empty();
  }

  /** The official type for what a catalog writes. */
  public static String officialName(String catalogType) {
    return find(catalogType)
        .map(ServiceType::official)
        .orElseGet(() -> OTHER_ALIASES.getOrDefault(catalogType, catalogType));
  }
}
