/** What carries our mark in clouds and is not known, what is known and is not there. */
package io.isthmus.domain.leak;
