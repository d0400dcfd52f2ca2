/** Plans and refusals, shown: what goes where, why there, and why not elsewhere. */
package io.isthmus.ui.placement;
