/** What this installation is. */
package io.isthmus.rest.about;
