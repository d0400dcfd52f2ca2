/** Plans over HTTP: what would happen, where and why. */
package io.isthmus.rest.placement;
