/** Where accesses lead, for the comparison of clouds with what is known. */
package io.isthmus.openstack.leak;
