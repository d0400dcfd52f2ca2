/**
 * What was done, by whom, on what, where, and how it ended: written before anybody is told that it
 * was done, never changed, and kept so that a later change shows.
 */
package io.isthmus.domain.audit;
