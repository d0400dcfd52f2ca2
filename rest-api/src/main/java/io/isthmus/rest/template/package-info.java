/** What can be written in templates. */
package io.isthmus.rest.template;
