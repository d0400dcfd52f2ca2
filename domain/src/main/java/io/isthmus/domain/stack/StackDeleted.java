package io.isthmus.domain.stack;

import io.isthmus.domain.placement.PlanId;

/**
 * CDI event: nothing of a stack is left. Fired within the transaction that records it.
 *
 * @param plan what it was made of; owns the stack's addresses
 */
public record StackDeleted(StackId stack, PlanId plan) {}
