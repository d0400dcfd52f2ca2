/** The samples that come with Isthmus, over HTTP. */
package io.isthmus.rest.sample;
