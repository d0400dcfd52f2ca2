/** Stacks over HTTP. */
package io.isthmus.rest.stack;
