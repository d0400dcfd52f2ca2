/** The bell in the frame of every page, and the page behind it: what happened meanwhile. */
package io.isthmus.ui.notice;
