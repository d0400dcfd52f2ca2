/** Requests that are done once however often they are sent. Knows no HTTP. */
package io.isthmus.domain.idempotency;
