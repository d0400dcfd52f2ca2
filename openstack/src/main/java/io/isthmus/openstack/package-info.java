/** The driver: speaks to member clouds over the OpenStack APIs. Decides nothing about placement. */
package io.isthmus.openstack;
