package io.isthmus.domain.mirror;

/** What the mirror keeps of a region, one list each. */
public enum MirrorKind {
  SERVER("compute"),
  VOLUME("block-storage"),
  NETWORK("network"),
  PORT("network"),
  FLOATING_IP("network"),
  SECURITY_GROUP("network");

  private final String service;

  MirrorKind(String service) {
    this.service = service;
  }

  /** Official type of the service that lists it, as the service types authority names it. */
  public String service() {
    return service;
  }
}
