/** Who is calling, and where they may work. */
package io.isthmus.rest.access;
