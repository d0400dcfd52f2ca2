/** Who is told of what happens, as the API tells of them. */
package io.isthmus.rest.webhook;
