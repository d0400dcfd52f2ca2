/** What would be if a cloud vanished: for each cloud, and played for a stack. */
package io.isthmus.ui.insurance;
