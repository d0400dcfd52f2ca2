/** Tenants, their projects, and the access that lets one project into one cloud. */
package io.isthmus.domain.tenant;
