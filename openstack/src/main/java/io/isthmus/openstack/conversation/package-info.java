/**
 * The conversation with one cloud for one project: endpoints, microversions, limits, retries,
 * pages. Knows no resource.
 */
package io.isthmus.openstack.conversation;
