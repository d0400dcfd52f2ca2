package io.isthmus.domain.template.type;

import io.isthmus.domain.template.ResourceType;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** Every type that a template may use, by name. A new type is one class and one line here. */
public final class ResourceTypes {

  private static final Map<String, ResourceType> BY_NAME = new LinkedHashMap<>();

  static {
    for (ResourceType type :
        List.of(
            new ServerType(),
            new KeyPairType(),
            new ServerGroupType(),
            new NetType(),
            new SubnetType(),
            new RouterType(),
            new RouterInterfaceType(),
            new PortType(),
            new FloatingIpType(),
            new FloatingIpAssociationType(),
            new SecurityGroupType(),
            new SecurityGroupRuleType(),
            new VolumeType(),
            new VolumeAttachmentType(),
            new LoadBalancerType(),
            new ListenerType(),
            new PoolType(),
            new PoolMemberType(),
            new HealthMonitorType(),
            new ResourceGroupType(),
            new RandomStringType(),
            new TestResourceType(),
            new ValueType(),
            new SoftwareConfigType(),
            new CloudConfigType(),
            new MultipartMimeType())) {
      BY_NAME.put(type.name(), type);
    }
  }

  private ResourceTypes() {}

  public static Optional<ResourceType> find(String name) {
    return Optional.ofNullable(BY_NAME.get(name));
  }

  /** By name, in the order in which they are shown. */
  public static Map<String, ResourceType> all() {
    return Collections.unmodifiableMap(BY_NAME);
  }

  public static Set<String> names() {
    return all().keySet();
  }
}
