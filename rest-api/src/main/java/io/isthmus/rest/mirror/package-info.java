/** What projects have in clouds, as the API tells of it. */
package io.isthmus.rest.mirror;
