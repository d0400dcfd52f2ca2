/** Streams of events that a client resumes where it left off. */
package io.isthmus.rest.event;
