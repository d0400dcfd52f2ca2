/** What would be if a cloud vanished: counted all the time for each, and rehearsed for a stack. */
package io.isthmus.domain.insurance;
