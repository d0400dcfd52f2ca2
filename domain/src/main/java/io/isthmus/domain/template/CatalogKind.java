package io.isthmus.domain.template;

/** What a property's text names in a cloud's catalog; such names differ from cloud to cloud. */
public enum CatalogKind {
  FLAVOR,
  IMAGE,
  /** A network that exists already; templates usually mean the one that leads outside. */
  NETWORK,
  VOLUME_TYPE,
  COMPUTE_ZONE,
  VOLUME_ZONE
}
