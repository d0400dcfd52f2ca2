/**
 * What people have typed and not sent yet. It is kept by person, not by session, so that it
 * outlives a sign-in that ends; in memory and for hours, because it may hold secrets.
 */
package io.isthmus.ui.unsent;
