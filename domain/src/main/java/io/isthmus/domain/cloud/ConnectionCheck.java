package io.isthmus.domain.cloud;

import io.isthmus.domain.language.Phrase;

/**
 * One step of a connection test.
 *
 * @param step what was tried: {@code address}, {@code tls}, {@code identity}, {@code credential},
 *     {@code catalog}, or a service type with its region, such as {@code compute@GRA-1}
 * @param outcome what came of it, in words
 */
public record ConnectionCheck(String step, Result result, Phrase outcome) {

  /** WARNING is for what is missing but not needed by every stack. */
  public enum Result {
    PASSED,
    WARNING,
    FAILED
  }
}
