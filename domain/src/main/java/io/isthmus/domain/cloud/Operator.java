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
 */
public record Operator(
    String id, String name, Optional<String> seat, Optional<Set<String>> exposedTo) {}
