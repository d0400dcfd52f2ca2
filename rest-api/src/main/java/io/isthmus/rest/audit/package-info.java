/** The audit log: searched, exported, and proved. */
package io.isthmus.rest.audit;
