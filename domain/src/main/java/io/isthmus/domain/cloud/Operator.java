package io.isthmus.domain.cloud;

import java.util.Optional;
import java.util.Set;

/**
 * The organisation that runs a cloud, as far as it is known.
 *
 * @param id short name, the spread domain {@code operator}
 * @param seat ISO 3166-1 alpha-2 code of the country of its seat
 * @param exposedTo jurisdictions (ISO 3166-1 alpha-2, or {@code EU}) whose law reaches the operator
 *     beside that of its seat; an empty set says that none does, an empty Optional that it is not
 *     known
 * @param known false when nobody has said who runs the cloud; then the rest stands in for an answer
 */
public record Operator(
    String id, String name, Optional<String> seat, Optional<Set<String>> exposedTo, boolean known) {

  /** One that was declared. */
  public Operator(String id, String name, Optional<String> seat, Optional<Set<String>> exposedTo) {
    this(id, name, seat, exposedTo, true);
  }

  /** Stands in for whoever runs a cloud; the same for no other cloud. */
  public static Operator unknown(CloudId cloud, String cloudName) {
    return new Operator("?" + cloud, cloudName, Optional.empty(), Optional.empty(), false);
  }
}
