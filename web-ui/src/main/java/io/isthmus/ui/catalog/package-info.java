/** What templates may name in the project's clouds: flavors, images and their like. */
package io.isthmus.ui.catalog;
