package io.isthmus.domain.placement;

import java.util.Arrays;
import java.util.Optional;

/** What kept something out of a place: a rule of the policy, or a fact that no rule changes. */
public enum Hindrance {
  /** A rule that people wrote. */
  POLICY(""),
  /** An administrator lets nothing new in. */
  CLOSED("enabled"),
  /** The cloud does not answer. */
  SILENT("health"),
  /** Nobody has read yet what the cloud has. */
  UNREAD("inventory"),
  /** The project has no access to the cloud. */
  ACCESS("access"),
  /** A service is missing or does not answer. */
  SERVICE("service"),
  /** No flavor there is what the template names. */
  FLAVOR("flavor"),
  /** No image there is what the template names. */
  IMAGE("image"),
  /** No network there is what the template names. */
  NETWORK("network"),
  /** No volume type there is what the template names. */
  VOLUME_TYPE("volume-type"),
  /** The template names another availability zone. */
  ZONE("availability-zone"),
  /** A quota leaves too little. */
  QUOTA("quota"),
  /** The place refused it before. */
  REFUSED("refused");

  private final String filter;

  Hindrance(String filter) {
    this.filter = filter;
  }

  /** Name of the filter that finds it; empty for POLICY, whose rules have their own. */
  String filter() {
    return filter;
  }

  /** Of a refusal that was kept without its kind, by the name alone. */
  static Hindrance ofFilter(String rule) {
    Optional<Hindrance> builtIn =
        Arrays.stream(values()).filter(it -> it != POLICY && it.filter.equals(rule)).findFirst();
    return builtIn.orElse(POLICY);
  }
}
