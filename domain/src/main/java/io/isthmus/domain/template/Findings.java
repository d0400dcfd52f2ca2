package io.isthmus.domain.template;

import io.isthmus.domain.fault.FaultCode;
import io.isthmus.domain.fault.FederationFault;
import io.isthmus.domain.fault.Violation;
import io.isthmus.domain.language.Nearest;
import io.isthmus.domain.language.Phrase;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/** Gathers everything that is wrong, so that a person mends it in one go. */
public final class Findings {

  /** More than a person reads; keeps answers small whatever is sent. */
  private static final int MAX = 200;

  private final Set<Violation> violations = new LinkedHashSet<>();

  public void add(Violation violation) {
    if (violations.size() < MAX) {
      violations.add(violation);
    }
  }

  public void add(Where where, Phrase message) {
    add(where.says(message));
  }

  public void add(Where where, Phrase message, Phrase remedy) {
    add(where.says(message, remedy));
  }

  /** With "did you mean" when something near is known, else the words that are. */
  public void addUnknown(Where where, Phrase message, String word, Iterable<String> known) {
    Optional<String> near = Nearest.to(word, known);
    if (near.isPresent()) {
      add(where, message, Phrase.of("template.did-you-mean", near.get()));
    } else if (known.iterator().hasNext()) {
      add(where, message, Phrase.of("template.known", String.join(", ", known)));
    } else {
      add(where, message);
    }
  }

  public boolean isEmpty() {
    return violations.isEmpty();
  }

  public int count() {
    return violations.size();
  }

  /**
   * Ends the work if anything is wrong.
   *
   * @param many what to say of several mistakes; its argument is their number
   * @throws FederationFault with the given code and every violation, in the order of the text
   */
  public void throwIfAny(FaultCode code, String many) {
    if (violations.isEmpty()) {
      return;
    }
    List<Violation> inOrder = new ArrayList<>(violations);
    inOrder.sort(Comparator.comparingInt(Violation::line).thenComparingInt(Violation::column));
    Phrase phrase =
        inOrder.size() == 1 ? inOrder.get(0).message() : Phrase.of(many, inOrder.size());
    throw new FederationFault(code, phrase, inOrder);
  }
}
