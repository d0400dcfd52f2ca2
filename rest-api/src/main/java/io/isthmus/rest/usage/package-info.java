/** Prices, exchange rates, usage and budgets. */
package io.isthmus.rest.usage;
