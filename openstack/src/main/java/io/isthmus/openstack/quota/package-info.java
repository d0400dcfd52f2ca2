/** The quotas that Nova, Cinder, Neutron and Octavia keep for an OpenStack project. */
package io.isthmus.openstack.quota;
