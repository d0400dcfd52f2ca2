/** Stacks: the list, and one stack's page with its tabs. */
package io.isthmus.ui.stack;
