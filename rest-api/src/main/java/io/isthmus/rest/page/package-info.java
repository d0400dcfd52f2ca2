/** Lists in pages, and answers that a client has already. */
package io.isthmus.rest.page;
