/**
 * Values of a template as they were written, with HOT's functions, one class each. Knows nothing of
 * resource types.
 */
package io.isthmus.domain.template.function;
