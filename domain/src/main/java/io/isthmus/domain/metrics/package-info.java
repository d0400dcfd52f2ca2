/**
 * What is measured while Isthmus runs, for those who watch it: calls to clouds, stacks, the queue,
 * pools. Other modules tell what they see through the ports here.
 */
package io.isthmus.domain.metrics;
