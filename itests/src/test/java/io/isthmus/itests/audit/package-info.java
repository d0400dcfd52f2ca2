/** What the audit log holds of a running system. */
package io.isthmus.itests.audit;
