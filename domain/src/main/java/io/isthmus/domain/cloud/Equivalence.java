package io.isthmus.domain.cloud;

/**
 * An administrator's word that what templates call {@code name} is called {@code localName} in one
 * cloud.
 *
 * @param localName name or id in that cloud
 */
public record Equivalence(Kind kind, String name, CloudId cloud, String localName) {

  /** What has different names from cloud to cloud. */
  public enum Kind {
    FLAVOR,
    IMAGE,
    NETWORK,
    VOLUME_TYPE
  }
}
