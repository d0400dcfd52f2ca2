/**
 * Stacks and their parts, kept true by the reconciler. The one place that changes something in a
 * cloud, through drivers.
 */
package io.isthmus.domain.stack;
