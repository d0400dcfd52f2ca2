/** What projects used, what it costs, and their budgets. */
package io.isthmus.ui.usage;
