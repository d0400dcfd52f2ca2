/**
 * Failures as RFC 9457 problem details, mapped in one place and told in the language of the
 * request.
 */
package io.isthmus.rest.problem;
