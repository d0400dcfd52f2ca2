/** The images that a project keeps, and their copies. */
package io.isthmus.ui.image;
