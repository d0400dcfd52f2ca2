/** One search over what the caller may see. */
package io.isthmus.rest.search;
