/**
 * Draining: a cloud, region or zone is emptied, stack by stack, within each stack's own policy; and
 * what would become of all stacks if a cloud vanished now.
 */
package io.isthmus.domain.drain;
