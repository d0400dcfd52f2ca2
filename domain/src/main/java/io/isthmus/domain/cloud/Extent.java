package io.isthmus.domain.cloud;

import java.util.Locale;

/** A part of the federation in which a project's or tenant's use is counted together. */
public sealed interface Extent {

  /** All clouds. */
  record Everywhere() implements Extent {
    @Override
    public String text() {
      return "all";
    }

    @Override
    public String toString() {
      return text();
    }
  }

  /** One cloud. */
  record OfCloud(CloudId cloud) implements Extent {
    @Override
    public String text() {
      return "cloud:" + cloud.text();
    }

    @Override
    public String toString() {
      return text();
    }
  }

  /**
   * The clouds of one operator.
   *
   * @param operator its id
   */
  record OfOperator(String operator) implements Extent {
    @Override
    public String text() {
      return "operator:" + operator;
    }

    @Override
    public String toString() {
      return text();
    }
  }

  /**
   * The regions that lie in a country or bloc.
   *
   * @param jurisdiction ISO 3166-1 alpha-2, {@code EU} or {@code EEA}
   */
  record OfJurisdiction(String jurisdiction) implements Extent {
    public OfJurisdiction {
      jurisdiction = jurisdiction.toUpperCase(Locale.ROOT);
    }

    @Override
    public String text() {
      return "jurisdiction:" + jurisdiction;
    }

    @Override
    public String toString() {
      return text();
    }
  }

  /** As the API and the database name it, such as {@code jurisdiction:EU}. */
  String text();

  /**
   * The reverse of {@link #text}.
   *
   * @throws IllegalArgumentException for anything else
   */
  static Extent parse(String text) {
    int colon = text.indexOf(':');
    String value = text.substring(colon + 1);
    if (colon < 0 && text.equals("all")) {
      return new Everywhere();
    }
    if (colon > 0 && !value.isBlank()) {
      switch (text.substring(0, colon)) {
        case "cloud":
          return new OfCloud(new CloudId(value));
        case "operator":
          return new OfOperator(value);
        case "jurisdiction":
          return new OfJurisdiction(value);
        default:
          break;
      }
    }
    throw new IllegalArgumentException("no part of the federation: " + text);
  }
}
