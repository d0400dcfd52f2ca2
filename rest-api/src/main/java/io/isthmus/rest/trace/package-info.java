/** The request's id and the line that the log has for each request. */
package io.isthmus.rest.trace;
