/**
 * Brings the domain up: the schema first, then the persistence unit. Other modules start after
 * {@code domain.jar#DomainStart}. Decides nothing about clouds or stacks.
 */
package io.isthmus.domain.start;
