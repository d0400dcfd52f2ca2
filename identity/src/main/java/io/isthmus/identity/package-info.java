/**
 * The Keycloak adapter: who calls, with which organization and federation roles. Never decides what
 * a caller may do.
 */
package io.isthmus.identity;
