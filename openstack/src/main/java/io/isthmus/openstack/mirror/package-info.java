/** Lists what a project has in a cloud, for the mirror. */
package io.isthmus.openstack.mirror;
