/**
 * What is said to people: phrases by key, rendered in the reader's language at the last moment.
 * Decides no rule.
 */
package io.isthmus.domain.language;
