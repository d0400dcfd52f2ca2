/**
 * Forms that people have not sent yet. What they say is kept by person, not by session ({@link
 * io.isthmus.domain.unsent}), so that it outlives a sign-in that ends and the server.
 */
package io.isthmus.ui.unsent;
