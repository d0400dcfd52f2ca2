/** Reads what a cloud offers to a project, and tries connections. Changes nothing in a cloud. */
package io.isthmus.openstack.inventory;
