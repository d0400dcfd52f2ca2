/** HOT: parsing, functions, parameters and the resource graph. Never looks at a cloud. */
package io.isthmus.domain.template;
