package io.isthmus.domain.insurance;

import java.util.List;
import java.util.Optional;

/**
 * Some of the stacks that have something in a cloud, in the order of tenant, project and name.
 *
 * @param next where the next page begins; empty on the last
 */
public record InsurancePage(Insurance insurance, List<InsuredStack> stacks, Optional<String> next) {

  public InsurancePage {
    stacks = List.copyOf(stacks);
  }
}
