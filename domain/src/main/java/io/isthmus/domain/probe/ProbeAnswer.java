package io.isthmus.domain.probe;

import io.isthmus.domain.language.Phrase;
import java.util.Optional;

/**
 * What came of a probe.
 *
 * @param failure why it is not what was expected; empty when it is
 */
public record ProbeAnswer(Optional<Phrase> failure) {

  public static final ProbeAnswer AS_EXPECTED = new ProbeAnswer(Optional.empty());

  public static ProbeAnswer failed(Phrase why) {
    return new ProbeAnswer(Optional.of(why));
  }
}
