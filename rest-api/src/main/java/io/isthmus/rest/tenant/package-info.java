/** Projects over HTTP. */
package io.isthmus.rest.tenant;
