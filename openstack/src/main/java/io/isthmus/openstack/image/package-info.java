/** Glance: images, their content and how it gets there. */
package io.isthmus.openstack.image;
