/** A project's images: uploaded once, copied to the clouds that a plan needs them in. */
package io.isthmus.domain.image;
