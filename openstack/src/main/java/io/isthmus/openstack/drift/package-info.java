/** Compares what was given to a cloud with what the mirror keeps of it. */
package io.isthmus.openstack.drift;
