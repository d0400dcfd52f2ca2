/** Keeps secrets at rest unreadable without a key that lies outside the database. A leaf. */
package io.isthmus.domain.encryption;
