package io.isthmus.domain.cloud;

/** What a quota counts; units in the names. */
public enum LimitKind {
  INSTANCES,
  VCPUS,
  RAM_MIB,
  VOLUMES,
  VOLUME_GIB,
  NETWORKS,
  SUBNETS,
  PORTS,
  ROUTERS,
  SECURITY_GROUPS,
  SECURITY_GROUP_RULES,
  FLOATING_IPS,
  KEY_PAIRS,
  SERVER_GROUPS
}
