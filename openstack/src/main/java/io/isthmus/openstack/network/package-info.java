/** Networks, subnets, routers, ports, floating IPs and security groups in Neutron. */
package io.isthmus.openstack.network;
