package io.isthmus.domain.usage;

import java.util.Arrays;
import java.util.Locale;
import java.util.Optional;
import java.util.stream.Collectors;

/** By what a report tells usage apart. */
public enum UsageDimension {
  TENANT,
  PROJECT,
  STACK,
  CLOUD,
  /** A flavor, a volume type, addresses. */
  ITEM,
  /** In UTC, as {@code 2026-11}. */
  MONTH,
  /** In UTC, as {@code 2026-11-27}. */
  DAY;

  public String text() {
    return name().toLowerCase(Locale.ROOT);
  }

  public static Optional<UsageDimension> find(String text) {
    return Arrays.stream(values()).filter(one -> one.text().equals(text)).findFirst();
  }

  /** All texts, for people to choose from. */
  public static String texts() {
    return Arrays.stream(values()).map(UsageDimension::text).collect(Collectors.joining(", "));
  }
}
