/**
 * Drift: what was changed in clouds behind our back. Parts are compared with the mirror, property
 * by property, and no cloud is asked.
 */
package io.isthmus.domain.drift;
