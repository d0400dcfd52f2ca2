/** Signing in and out of the portal at Keycloak. Decides nothing about what a person may do. */
package io.isthmus.ui.signin;
