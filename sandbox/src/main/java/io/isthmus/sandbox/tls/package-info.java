/** Certificates of simulated clouds that speak TLS. */
package io.isthmus.sandbox.tls;
