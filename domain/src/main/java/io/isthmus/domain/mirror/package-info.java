/**
 * The mirror: our own, aged copy of what the federation's projects have in each cloud. The keeper
 * reads clouds and writes; lists and search read the database and wait for no cloud.
 */
package io.isthmus.domain.mirror;
