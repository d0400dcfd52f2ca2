/**
 * What an update makes of a stack: the stack as it is, compared with what its template, parameters
 * and policy shall be. Calls no cloud.
 */
package io.isthmus.domain.stack.update;
