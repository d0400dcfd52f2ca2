package io.isthmus.domain.stack.engine;

import io.isthmus.domain.language.Phrase;
import io.isthmus.domain.stack.Deviation;
import io.isthmus.domain.stack.PartKey;
import io.isthmus.domain.stack.Stack;
import io.isthmus.domain.stack.StackHealth.State;
import io.isthmus.domain.stack.StackPart;
import jakarta.json.JsonNumber;
import java.util.Collection;
import java.util.List;
import java.util.Map;

/**
 * Which parts of a stack that is whole are asked to become again what they were given, because they
 * were changed behind our back. Pure. Each is an update in place of the part to what it is, so that
 * it is durable and repeated like any other.
 *
 * <p>Only what a type updates in place, and only what loses nothing: a server is not rebuilt on
 * another image and no volume gets smaller. What has lost our mark is never touched. What has come
 * back as it was {@link Deviation#MOST_TRIES} times is left, and told. Whether the stack wants it
 * at all is its {@link io.isthmus.domain.stack.DriftChoice}.
 */
final class PuttingRight {

  private static final String SERVER = "OS::Nova::Server";
  private static final String MARK = "mark";
  private static final String IMAGE = "image";
  private static final int MOST_NAMED = 5;

  /** Whether a property of a part is updated in place. */
  interface Updates {
    boolean isUpdatable(StackPart part, String property);
  }

  private PuttingRight() {}

  /** Whether anything of the stack may be put right now. */
  static boolean isPossible(Stack stack) {
    return stack.status().isWhole()
        && !stack.course().suspended()
        && !Difference.isTurning(stack)
        && !stack.isLeaving();
  }

  /**
   * @param found by part
   */
  static Turn of(
      Stack stack,
      Collection<StackPart> parts,
      Map<PartKey, List<Deviation>> found,
      Updates updates) {
    if (found.isEmpty() || !isPossible(stack)) {
      return Turn.NOTHING;
    }
    return Turn.all(
        parts.stream()
            .filter(part -> part.isRight() && part.state().health().state() == State.HEALTHY)
            .filter(part -> part.state().missingSince().isEmpty())
            .map(part -> of(part, found.getOrDefault(part.key(), List.of()), updates))
            .toList());
  }

  private static Turn of(StackPart part, List<Deviation> found, Updates updates) {
    boolean ours = found.stream().noneMatch(one -> one.property().equals(MARK));
    List<Deviation> righted =
        found.stream()
            .filter(one -> ours && !one.since().isBefore(part.state().since()))
            .filter(one -> one.tries() < Deviation.MOST_TRIES && losesNothing(part, one))
            .filter(one -> updates.isUpdatable(part, one.root()) || isOfItsPorts(part, one))
            .toList();
    if (righted.isEmpty()) {
      return Turn.NOTHING;
    }
    StackPart deviating = part.becoming(part.spec()).with(part.state().deviating(righted));
    return Turn.of(
        deviating,
        Words.of(
            "putting-right",
            part,
            Phrase.names(
                righted.stream().map(Deviation::property).distinct().toList(), MOST_NAMED)));
  }

  /** Groups are given when a server is made, to the ports that are made for it. */
  private static boolean isOfItsPorts(StackPart part, Deviation found) {
    return part.type().equals(SERVER) && found.property().equals("security_groups");
  }

  private static boolean losesNothing(StackPart part, Deviation found) {
    if (part.type().equals(SERVER)) {
      return !found.property().equals(IMAGE);
    }
    return !part.isVolume() || !hasGrown(found);
  }

  private static boolean hasGrown(Deviation found) {
    return found.expected().orElse(null) instanceof JsonNumber expected
        && found.found().orElse(null) instanceof JsonNumber present
        && present.longValue() > expected.longValue();
  }
}
