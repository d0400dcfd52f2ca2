package io.isthmus.ui.newstack;

import io.isthmus.domain.library.ItemKind;
import java.util.Arrays;
import java.util.Locale;
import java.util.Optional;

/** The steps to a new stack, in order. */
enum Step {
  TEMPLATE,
  PARAMETERS,
  POLICY,
  PLAN;

  /** As in the address. */
  String word() {
    return name().toLowerCase(Locale.ROOT);
  }

  static Optional<Step> find(String word) {
    return Arrays.stream(values()).filter(step -> step.word().equals(word)).findFirst();
  }

  /** At which something of that kind is written. */
  static Step of(ItemKind kind) {
    return switch (kind) {
      case TEMPLATE -> TEMPLATE;
      case POLICY -> POLICY;
    };
  }

  Optional<Step> next() {
    return Optional.of(ordinal() + 1).filter(i -> i < values().length).map(i -> values()[i]);
  }

  Optional<Step> previous() {
    return Optional.of(ordinal() - 1).filter(i -> i >= 0).map(i -> values()[i]);
  }
}
