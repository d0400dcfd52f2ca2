/**
 * Reads {@code clouds.yaml} and the facts beside it into drafts of clouds, and tells everything
 * that is wrong in them. Registers nothing, calls no cloud.
 */
package io.isthmus.domain.cloud.entry;
