/** Public keys that a project keeps, as the API tells of them. */
package io.isthmus.rest.keypair;
