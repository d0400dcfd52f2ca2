package io.isthmus.domain.stack.engine;

import io.isthmus.domain.language.Phrase;
import io.isthmus.domain.stack.StackChange.Happening;
import io.isthmus.domain.stack.StackPart;
import io.isthmus.domain.stack.Trouble;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;

/**
 * What becomes of parts after something was learned.
 *
 * @param parts changed or new
 */
record Turn(List<StackPart> parts, List<Happening> happenings) {

  static final Turn NOTHING = new Turn(List.of(), List.of());

  Turn {
    parts = List.copyOf(parts);
    happenings = List.copyOf(happenings);
  }

  static Turn of(StackPart part) {
    return new Turn(List.of(part), List.of());
  }

  static Turn of(StackPart part, Phrase told) {
    return new Turn(List.of(part), List.of(Happening.of(part, told)));
  }

  static Turn of(StackPart part, Phrase told, Trouble cause) {
    return new Turn(List.of(part), List.of(Happening.of(part, told, cause.cloudRequest())));
  }

  static Turn all(Collection<Turn> turns) {
    List<StackPart> parts = new ArrayList<>();
    List<Happening> happenings = new ArrayList<>();
    for (Turn turn : turns) {
      parts.addAll(turn.parts);
      happenings.addAll(turn.happenings);
    }
    return new Turn(parts, happenings);
  }

  boolean isEmpty() {
    return parts.isEmpty() && happenings.isEmpty();
  }
}
