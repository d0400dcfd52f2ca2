/** Member clouds over HTTP: what a project finds there, and the registry for administrators. */
package io.isthmus.rest.cloud;
