/** What would be if a cloud vanished, and rehearsals of it. */
package io.isthmus.rest.insurance;
