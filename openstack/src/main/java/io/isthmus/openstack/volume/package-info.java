/** Volumes in Cinder, and their attachment to servers. */
package io.isthmus.openstack.volume;
