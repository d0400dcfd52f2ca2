/**
 * Probes: whether servers do what they are there for, as seen from where this server stands. They
 * are asked at their addresses, no cloud is asked, and what is found changes nothing in any cloud.
 */
package io.isthmus.domain.probe;
