/** Clouds that stacks have lost, for who looks after the whole federation. */
package io.isthmus.rest.failover;
