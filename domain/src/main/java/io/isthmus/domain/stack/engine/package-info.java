/**
 * The reconciler: looks at what is, compares it with what shall be, does the difference; repeats.
 * Decides what to ask of a cloud and when; never how. Its clock, threads, randomness, store and
 * drivers come from outside, and being killed anywhere does no harm.
 */
package io.isthmus.domain.stack.engine;
