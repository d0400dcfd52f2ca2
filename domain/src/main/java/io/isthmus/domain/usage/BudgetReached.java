package io.isthmus.domain.usage;

/**
 * A project has spent a part of its budget at which people are warned.
 *
 * @param percent of the budget; {@link BudgetState#percent} may be more
 */
public record BudgetReached(BudgetState state, int percent) {}
