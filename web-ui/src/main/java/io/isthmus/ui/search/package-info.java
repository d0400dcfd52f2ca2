/** The search in the frame of every page: what was found, by kind, and the way there. */
package io.isthmus.ui.search;
