/**
 * Campaigns: one change that is made to many stacks, all at once at one moment or in waves, each by
 * an update of its own that was shown before.
 */
package io.isthmus.domain.campaign;
