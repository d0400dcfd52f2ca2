/**
 * Where resources run and why: policy, filters, weighers, plan. Pure: a snapshot in, a plan out.
 */
package io.isthmus.domain.placement;
