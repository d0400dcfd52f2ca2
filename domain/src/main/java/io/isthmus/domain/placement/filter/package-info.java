/** Why a place cannot be taken: one idea in each class, every reason told. */
package io.isthmus.domain.placement.filter;
