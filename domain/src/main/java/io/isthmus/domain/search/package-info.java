/**
 * Finds what a person half remembers, in all of that person's projects and nowhere else: stacks,
 * resources, addresses, ids. Changes nothing and calls no cloud.
 */
package io.isthmus.domain.search;
