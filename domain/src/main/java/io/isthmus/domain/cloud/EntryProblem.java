package io.isthmus.domain.cloud;

import io.isthmus.domain.fault.Violation;
import java.util.Locale;

/**
 * Something wrong with an entry.
 *
 * @param source the file, or empty for a text that was pasted
 * @param entry its name; empty when the text as a whole is wrong
 */
public record EntryProblem(String source, String entry, Violation violation) {

  /** Everything in one line: place, what is wrong, what to do. */
  public String in(Locale locale) {
    return (source.isEmpty() ? "" : source)
        + (violation.line() > 0 ? ":" + violation.line() : "")
        + (violation.pointer().isEmpty() ? "" : " " + violation.pointer())
        + ": "
        + violation.message().in(locale)
        + violation.remedy().map(remedy -> " " + remedy.in(locale)).orElse("");
  }
}
