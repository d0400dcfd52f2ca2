/** The console's pages about member clouds, for those who run the federation. */
package io.isthmus.ui.cloud;
