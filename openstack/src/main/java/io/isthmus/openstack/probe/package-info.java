/** Asks servers at their own addresses whether they answer. No cloud is spoken to. */
package io.isthmus.openstack.probe;
