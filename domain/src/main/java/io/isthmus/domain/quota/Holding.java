package io.isthmus.domain.quota;

import io.isthmus.domain.cloud.LimitKind;
import io.isthmus.domain.cloud.Place;
import java.time.Instant;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;

/**
 * What a project has in a region: by what its stacks plan, and by what is there.
 *
 * @param amounts by kind, of those that both can tell
 */
public record Holding(Place region, Map<LimitKind, Amounts> amounts) {

  public Holding {
    amounts = Map.copyOf(amounts);
  }

  /**
   * Of one kind; units as {@link LimitKind} says.
   *
   * @param planned what the project's stacks wish for or have, from acceptance until it is gone
   * @param inCloud what the account behind the project's access has; empty where it is not known
   * @param outside what of that is in no stack of the project; empty where it is not known
   * @param readAt until when the cloud's amounts are known to be true; empty when they were never
   *     read
   */
  public record Amounts(
      long planned, OptionalLong inCloud, OptionalLong outside, Optional<Instant> readAt) {

    static Amounts unknown(long planned) {
      return new Amounts(planned, OptionalLong.empty(), OptionalLong.empty(), Optional.empty());
    }
  }
}
