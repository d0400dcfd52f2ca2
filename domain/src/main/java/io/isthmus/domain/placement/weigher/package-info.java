/** Which of the places that can be taken is better: one idea in each class. */
package io.isthmus.domain.placement.weigher;
