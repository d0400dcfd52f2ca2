/** The public keys that a project keeps. */
package io.isthmus.ui.keypair;
