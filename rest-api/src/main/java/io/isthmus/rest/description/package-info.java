/** The description of this API, for programs and people. */
package io.isthmus.rest.description;
