/** Lets us into a cloud: tokens and the catalog. Holds no state bound to a thread. */
package io.isthmus.openstack.keystone;
