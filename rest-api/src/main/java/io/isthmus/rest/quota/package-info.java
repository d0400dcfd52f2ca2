/** The federation's own quotas over HTTP. */
package io.isthmus.rest.quota;
