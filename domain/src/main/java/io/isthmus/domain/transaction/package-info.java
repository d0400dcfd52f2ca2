/** Transactions that hold on every thread. */
package io.isthmus.domain.transaction;
