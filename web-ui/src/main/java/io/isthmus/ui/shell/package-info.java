/** What all pages share: the frame, the theme, the answer to errors. */
package io.isthmus.ui.shell;
