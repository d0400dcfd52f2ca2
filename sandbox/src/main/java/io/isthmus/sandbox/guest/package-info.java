/** What the servers of the simulated clouds answer at their own addresses. */
package io.isthmus.sandbox.guest;
