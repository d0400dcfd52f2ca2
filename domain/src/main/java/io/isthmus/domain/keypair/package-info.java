/** Public keys that projects keep, known once and placed where their servers need them. */
package io.isthmus.domain.keypair;
