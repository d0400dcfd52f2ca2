/** What ties together all that is done for one request: here, in the logs, in the clouds. */
package io.isthmus.domain.trace;
