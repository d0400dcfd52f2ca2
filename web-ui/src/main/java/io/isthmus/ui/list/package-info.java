/**
 * Lists as they are everywhere in the portal: searched, filtered, sorted and paged by the server,
 * with what was asked for in the address, columns to choose and the whole as CSV. Knows of nothing
 * that is listed.
 */
package io.isthmus.ui.list;
