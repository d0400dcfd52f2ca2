package io.isthmus.domain.cloud;

import io.isthmus.domain.language.Phrase;

/**
 * A part of the federation where nothing new is placed.
 *
 * @param reason one whole sentence that names it, such as “gra is being drained.”
 */
public record ClosedArea(Area area, Phrase reason) {}
