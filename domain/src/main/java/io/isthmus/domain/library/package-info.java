/** Templates and policies that a project keeps, version by version. */
package io.isthmus.domain.library;
