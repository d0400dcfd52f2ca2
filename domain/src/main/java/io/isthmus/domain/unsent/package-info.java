/**
 * What people have typed and not sent yet. It is kept by person, not by session, so that it
 * outlives a sign-in that ends and the server that it was typed on; sealed and for hours, because
 * it may hold secrets. Knows nothing of what the texts say.
 */
package io.isthmus.domain.unsent;
