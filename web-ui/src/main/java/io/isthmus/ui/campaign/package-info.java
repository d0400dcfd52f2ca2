/** Campaigns: the assistant, how each goes, and its report. */
package io.isthmus.ui.campaign;
