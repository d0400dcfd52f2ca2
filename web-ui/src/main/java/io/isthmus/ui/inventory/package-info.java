/** What the project has in its clouds, as the mirror knows it. */
package io.isthmus.ui.inventory;
