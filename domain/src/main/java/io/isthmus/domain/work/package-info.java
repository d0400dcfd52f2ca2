/** Threads for work that nobody waits for. */
package io.isthmus.domain.work;
