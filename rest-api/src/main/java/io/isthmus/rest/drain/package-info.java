/** Clouds, regions and zones that are emptied, and what would be if a cloud vanished. */
package io.isthmus.rest.drain;
