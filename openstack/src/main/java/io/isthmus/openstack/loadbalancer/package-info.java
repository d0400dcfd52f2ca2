/** Load balancers and their parts in Octavia. */
package io.isthmus.openstack.loadbalancer;
