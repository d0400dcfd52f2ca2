/** Kept plans: what would happen, until it is done or forgotten. */
package io.isthmus.ui.plan;
