/**
 * One HTTP exchange with a cloud: deadlines, size limit, trust, what is logged. Knows no service.
 */
package io.isthmus.openstack.http;
