/**
 * Failures, told whole: a code, a kind, words with a remedy, and the data behind them. Knows no
 * HTTP.
 */
package io.isthmus.domain.fault;
