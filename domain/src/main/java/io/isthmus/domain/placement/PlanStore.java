package io.isthmus.domain.placement;

import io.isthmus.domain.access.ProjectId;
import jakarta.json.JsonObject;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/** Where plans are kept; parameters sealed. Each method takes part in the caller's transaction. */
public interface PlanStore {

  /**
   * @param parameters as given, hidden ones in clear
   */
  void add(Plan plan, JsonObject parameters);

  Optional<Plan> find(PlanId id);

  /**
   * The plan under whose id the addresses are taken of the stack that a plan made or changed: a
   * stack keeps them under the first one.
   */
  PlanId addressesOf(PlanId plan);

  /** The parameters as given, hidden ones in clear. */
  JsonObject parameters(Plan plan);

  /**
   * Of a project, newest first.
   *
   * @param before only those that come after this one in that order; empty from the start
   */
  List<Plan> list(ProjectId project, PlanFilter filter, Optional<Position> before, int limit);

  /** A place in the order of {@link #list}. */
  record Position(Instant createdAt, PlanId plan) {}

  /**
   * Marks a plan as used.
   *
   * @return whether nobody had before
   */
  boolean accept(PlanId id, Instant now);

  /**
   * Removes a plan that never became a stack.
   *
   * @return false when there is none, or it did
   */
  boolean remove(PlanId id);

  /** Removes plans that expired before and never became a stack. */
  void removeUnused(Instant expiredBefore);
}
