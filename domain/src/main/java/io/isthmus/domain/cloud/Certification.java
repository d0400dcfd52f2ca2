package io.isthmus.domain.cloud;

import java.time.LocalDate;
import java.util.Optional;

/**
 * A certificate that a cloud holds.
 *
 * @param name such as {@code HDS}, {@code SecNumCloud}, {@code C5}, {@code ISO27001}
 * @param until last day of validity; empty when not known
 */
public record Certification(String name, Optional<LocalDate> until) {}
