/** Images that a project keeps, as the API takes them and tells of them. */
package io.isthmus.rest.image;
