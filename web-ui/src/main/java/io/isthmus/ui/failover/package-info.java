/** What is done about lost clouds, over all stacks, for administrators. */
package io.isthmus.ui.failover;
