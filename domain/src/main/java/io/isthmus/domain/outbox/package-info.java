/** What changed, kept with the change itself, for who is told of it later. A leaf. */
package io.isthmus.domain.outbox;
