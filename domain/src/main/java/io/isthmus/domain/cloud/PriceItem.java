package io.isthmus.domain.cloud;

import java.util.Arrays;
import java.util.Comparator;
import java.util.Locale;
import java.util.Optional;
import java.util.stream.Collectors;

/**
 * Something that a cloud has a price for.
 *
 * @param name of the flavor or the volume type; empty for any volume type that has no price of its
 *     own, and for what there is one of
 */
public record PriceItem(Kind kind, String name) implements Comparable<PriceItem> {

  /** Hours of a month, as clouds' price lists count: 365 days by 12. */
  public static final int MONTH_HOURS = 730;

  private static final Comparator<PriceItem> ORDER =
      Comparator.comparing(PriceItem::kind).thenComparing(PriceItem::name);

  /** Most characters of a name. */
  public static final int LONGEST_NAME = 255;

  /** What it is, and for how much of it the price is. */
  public enum Kind {
    /** A server of a flavor, for an hour. */
    FLAVOR_HOUR(Naming.REQUIRED),
    /** A GiB of a volume of a type, for a month of {@link #MONTH_HOURS}. */
    VOLUME_GIB_MONTH(Naming.OPTIONAL),
    /** A floating IP, for an hour. */
    ADDRESS_HOUR(Naming.NONE),
    /** A GiB that leaves the cloud. */
    EGRESS_GIB(Naming.NONE);

    private enum Naming {
      REQUIRED,
      OPTIONAL,
      NONE
    }

    private final Naming naming;

    Kind(Naming naming) {
      this.naming = naming;
    }

    /** As in files and the API: {@code flavor_hour}. */
    public String text() {
      return name().toLowerCase(Locale.ROOT);
    }

    public static Optional<Kind> find(String text) {
      return Arrays.stream(values()).filter(kind -> kind.text().equals(text)).findFirst();
    }

    /** All texts, for people to choose from. */
    public static String texts() {
      return Arrays.stream(values()).map(Kind::text).collect(Collectors.joining(", "));
    }

    /** Whether there are several of it, told apart by name. */
    public boolean isNamed() {
      return naming != Naming.NONE;
    }

    /** Whether it is told by its name only. */
    public boolean needsName() {
      return naming == Naming.REQUIRED;
    }

    /** Whether it is paid for by the time that it exists. */
    public boolean isByTime() {
      return this != EGRESS_GIB;
    }
  }

  /**
   * @throws IllegalArgumentException for a name where there is none, none where there must be one,
   *     or one of more than 255 characters
   */
  public PriceItem {
    if (name.isBlank() ? kind.needsName() : !kind.isNamed() || name.length() > LONGEST_NAME) {
      throw new IllegalArgumentException(kind.text() + " named '" + name + "'");
    }
  }

  public static PriceItem flavor(String name) {
    return new PriceItem(Kind.FLAVOR_HOUR, name);
  }

  public static PriceItem volume(String type) {
    return new PriceItem(Kind.VOLUME_GIB_MONTH, type);
  }

  public static PriceItem address() {
    return new PriceItem(Kind.ADDRESS_HOUR, "");
  }

  public static PriceItem egress() {
    return new PriceItem(Kind.EGRESS_GIB, "");
  }

  /** What the price is taken from when this has none of its own. */
  public Optional<PriceItem> general() {
    return kind == Kind.VOLUME_GIB_MONTH && !name.isEmpty()
        ? Optional.of(volume(""))
        : Optional.empty();
  }

  @Override
  public int compareTo(PriceItem other) {
    return ORDER.compare(this, other);
  }

  /** {@code flavor_hour m1.small}. */
  @Override
  public String toString() {
    return name.isEmpty() ? kind.text() : kind.text() + " " + name;
  }
}
