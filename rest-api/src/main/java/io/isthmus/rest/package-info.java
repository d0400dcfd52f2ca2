/** The HTTP face of the use cases: parses, calls, links. Decides nothing itself. */
package io.isthmus.rest;
