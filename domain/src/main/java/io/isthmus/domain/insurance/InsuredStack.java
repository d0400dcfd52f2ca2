package io.isthmus.domain.insurance;

import io.isthmus.domain.access.ProjectId;
import io.isthmus.domain.language.Phrase;
import io.isthmus.domain.placement.LostResource;
import io.isthmus.domain.stack.StackId;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * What would become of one stack if a cloud vanished.
 *
 * @param countedAt when that was counted
 * @param changed whether the stack was changed since
 * @param counts how many resources each outcome has; all outcomes are there
 * @param unknown how many parts it has there, when it could not be told
 * @param problem why it could not, such as that something is done to the stack just then
 * @param resources one by one, those that would find no place first; at most {@link #MOST_TOLD}
 * @param more how many further ones are only counted
 */
public record InsuredStack(
    StackId stack,
    ProjectId project,
    String name,
    Instant countedAt,
    boolean changed,
    Map<LostResource.Outcome, Integer> counts,
    int unknown,
    Optional<Phrase> problem,
    List<LostResource> resources,
    int more) {

  /** Most resources of a stack that are kept one by one. */
  public static final int MOST_TOLD = 200;

  /** Of so many, at most, it is kept what excludes them from each other place. */
  static final int MOST_EXPLAINED = 20;

  public InsuredStack {
    counts = Map.copyOf(counts);
    resources = List.copyOf(resources);
  }

  /** How many resources have an outcome. */
  public int of(LostResource.Outcome outcome) {
    return counts.getOrDefault(outcome, 0);
  }
}
