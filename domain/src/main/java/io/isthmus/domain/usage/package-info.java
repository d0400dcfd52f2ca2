/** What clouds ask, what was used of them, what that costs, and what projects may spend. */
package io.isthmus.domain.usage;
