package io.isthmus.domain.cloud;

import java.util.Arrays;
import java.util.EnumMap;
import java.util.Locale;
import java.util.Map;

/**
 * What the federation itself lets a project, or its whole tenant, have in a part of it; beside what
 * each cloud allows.
 *
 * @param of whose
 * @param limits what is not named is not limited; nothing of it is reserved, since use counts
 *     whatever is wished for
 */
public record Allowance(Of of, Extent extent, Map<LimitKind, Limit> limits) {

  /** Whose use is counted together. */
  public enum Of {
    PROJECT,
    TENANT;

    /** As the API names it. */
    public String text() {
      return name().toLowerCase(Locale.ROOT);
    }

    /**
     * The reverse of {@link #text}.
     *
     * @throws IllegalArgumentException for anything else
     */
    public static Of parse(String text) {
      return Arrays.stream(values())
          .filter(of -> of.text().equals(text))
          .findFirst()
          .orElseThrow(() -> new IllegalArgumentException("nobody's quota: " + text));
    }
  }

  public Allowance {
    limits = Map.copyOf(limits.isEmpty() ? limits : new EnumMap<>(limits));
  }
}
