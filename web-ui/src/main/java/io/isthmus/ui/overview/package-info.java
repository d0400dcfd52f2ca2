/** The first page: what runs where, how it is, what is in progress. Reads only. */
package io.isthmus.ui.overview;
