/** The mirror: our own, aged copy of what the federation's projects have in each cloud. */
package io.isthmus.domain.mirror;
