/**
 * The audit log's pages: what was asked for and done, and the proof that it is as it was written.
 */
package io.isthmus.ui.audit;
