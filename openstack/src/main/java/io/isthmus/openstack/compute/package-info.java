/** Servers and key pairs in Nova. */
package io.isthmus.openstack.compute;
