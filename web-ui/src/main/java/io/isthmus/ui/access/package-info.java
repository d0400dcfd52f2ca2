/** How people let their programs in. */
package io.isthmus.ui.access;
