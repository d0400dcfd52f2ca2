/** What carries our mark in clouds and is not known, and the reverse. */
package io.isthmus.rest.leak;
