/**
 * What is common to all resources that are made in a cloud: marks, looking before making, sightings
 * and outcomes. Decides nothing about what is made where.
 */
package io.isthmus.openstack.resource;
