package io.isthmus.domain.mirror;

import java.util.Arrays;
import java.util.Locale;

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

  /** As in an address: {@code floating_ip}. */
  public String text() {
    return name().toLowerCase(Locale.ROOT);
  }

  /**
   * @throws IllegalArgumentException for any other word
   */
  public static MirrorKind parse(String text) {
    return Arrays.stream(values())
        .filter(kind -> kind.text().equals(text))
        .findFirst()
        .orElseThrow(() -> new IllegalArgumentException("no kind of resource: " + text));
  }

  /** Official type of the service that lists it, as the service types authority names it. */
  public String service() {
    return service;
  }
}
