/** What is measured, for Prometheus. */
package io.isthmus.rest.metrics;
