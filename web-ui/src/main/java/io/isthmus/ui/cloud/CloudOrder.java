package io.isthmus.ui.cloud;

import io.isthmus.domain.cloud.CloudDetails;
import io.isthmus.domain.cloud.CloudHealth;
import java.util.Arrays;
import java.util.Comparator;
import java.util.Locale;
import java.util.Optional;

/** The orders in which clouds are listed. */
enum CloudOrder {
  NAME(Comparator.comparing(cloud -> cloud.cloud().id())),
  OPERATOR(Comparator.comparing(cloud -> cloud.cloud().facts().operator().name())),
  HEALTH(Comparator.comparing(cloud -> urgency(cloud.health().state()))),
  USE(Comparator.comparing(cloud -> -new CloudSummary(cloud).fullest()));

  private final Comparator<CloudDetails> comparator;

  CloudOrder(Comparator<CloudDetails> comparator) {
    this.comparator = comparator;
  }

  /** What is equal in this order is by name. */
  Comparator<CloudDetails> comparator() {
    return comparator.thenComparing(cloud -> cloud.cloud().id());
  }

  /** As in the address. */
  String word() {
    return name().toLowerCase(Locale.ROOT);
  }

  static Optional<CloudOrder> find(String word) {
    return Arrays.stream(values()).filter(order -> order.word().equals(word)).findFirst();
  }

  private static int urgency(CloudHealth.State state) {
    return switch (state) {
      case UNREACHABLE -> 0;
      case DEGRADED -> 1;
      case UNKNOWN -> 2;
      case REACHABLE -> 3;
    };
  }
}
