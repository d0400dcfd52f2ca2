package io.isthmus.domain.leak;

import io.isthmus.domain.language.Phrase;
import io.isthmus.domain.stack.Mark;
import java.util.Optional;

/**
 * What a thing in a cloud is to us.
 *
 * @param about the part that it is of, or was, or is a double of
 * @param mark what it carries, where that can be read from it
 * @param why for people, of what is leaked or unknown
 */
record Verdict(Kind kind, Optional<KnownPart> about, Optional<Mark> mark, Optional<Phrase> why) {

  enum Kind {
    /** A part knows it. */
    KNOWN,
    /** A cloud is being asked for it, or to remove it. */
    ON_ITS_WAY,
    /** Left there on purpose; ours no more. */
    LEFT,
    /** Carries no mark of ours. */
    NOT_OURS,
    /** Carries our mark, and no part knows it. */
    LEAKED,
    /** Carries a mark of which nothing here tells whose it is. */
    UNKNOWN
  }

  static Verdict of(Kind kind) {
    return new Verdict(kind, Optional.empty(), Optional.empty(), Optional.empty());
  }

  static Verdict of(Kind kind, KnownPart about) {
    return new Verdict(kind, Optional.of(about), Optional.of(about.mark()), Optional.empty());
  }

  static Verdict of(Kind kind, Optional<KnownPart> about, Optional<Mark> mark, Phrase why) {
    return new Verdict(kind, about, mark, Optional.of(why));
  }
}
