/** Keeps stacks and their queue in PostgreSQL, in plain JDBC. Decides nothing. */
package io.isthmus.domain.stack.store;
