/** Who is calling and what they may do. A leaf that every capability may use. */
package io.isthmus.domain.access;
