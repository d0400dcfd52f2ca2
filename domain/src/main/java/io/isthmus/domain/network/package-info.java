/**
 * Addresses of stretched networks: the federation's address plan and the segments carved from it.
 */
package io.isthmus.domain.network;
