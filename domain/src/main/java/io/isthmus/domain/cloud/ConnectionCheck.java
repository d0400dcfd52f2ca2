package io.isthmus.domain.cloud;

import io.isthmus.domain.language.Phrase;
import java.time.Duration;

/**
 * One step of a connection test.
 *
 * @param step what was tried: {@code name}, {@code address}, {@code tls}, {@code identity}, {@code
 *     credential}, {@code role}, {@code catalog}; {@code services} and {@code permissions} where
 *     they were not tried one by one; a service type with its region, such as {@code
 *     compute@GRA-1}; or something that the project has to be let do, such as {@code servers@GRA-1}
 * @param outcome what came of it, in words
 * @param took how long it took; zero for what an earlier step has shown, and for what was skipped
 */
public record ConnectionCheck(String step, Result result, Phrase outcome, Duration took) {

  /**
   * WARNING is for what is missing but not needed by every stack, SKIPPED for what an earlier
   * failure made pointless to try.
   */
  public enum Result {
    PASSED,
    WARNING,
    FAILED,
    SKIPPED
  }
}
