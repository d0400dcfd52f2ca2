/** Draining clouds, regions and zones: the assistant, and how far each drain has come. */
package io.isthmus.ui.drain;
