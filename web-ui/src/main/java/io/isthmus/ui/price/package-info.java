/** What clouds ask, and what currencies are worth. */
package io.isthmus.ui.price;
