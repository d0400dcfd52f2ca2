/**
 * The resource types that HOT may use here, one class each: properties, attributes and footing as
 * in Heat. How a type is made in a cloud is the drivers' part.
 */
package io.isthmus.domain.template.type;
