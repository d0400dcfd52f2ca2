/** Policies that administrators keep: rules of the federation and of tenants, and the default. */
package io.isthmus.ui.standing;
