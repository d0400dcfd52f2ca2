package io.isthmus.domain.stack.engine;

import io.isthmus.domain.network.Segment;
import io.isthmus.domain.placement.PartId;
import io.isthmus.domain.placement.Refusal;
import io.isthmus.domain.stack.Lease;
import io.isthmus.domain.stack.LeaseLost;
import io.isthmus.domain.stack.PartKey;
import io.isthmus.domain.stack.Stack;
import io.isthmus.domain.stack.StackChange;
import io.isthmus.domain.stack.StackChange.Act;
import io.isthmus.domain.stack.StackChange.Happening;
import io.isthmus.domain.stack.StackChange.Header;
import io.isthmus.domain.stack.StackChange.Reform;
import io.isthmus.domain.stack.StackPart;
import io.isthmus.domain.stack.StackRevision;
import io.isthmus.domain.stack.StackSecrets;
import io.isthmus.domain.stack.StackStore;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/**
 * A run's copy of a stack and its parts. What is noted in it holds at once for the run, and is
 * written together with all else that was noted since: what comes together costs one transaction.
 * After a write that failed the copy is of no use any more.
 */
final class Ledger {

  private final StackStore store;
  private Stack stack;
  private final Map<PartKey, StackPart> parts = new TreeMap<>();

  /** Counts the changes of each part, so that a look begun before one is not believed after. */
  private final Map<PartKey, Integer> touched = new HashMap<>();

  private Optional<Header> header = Optional.empty();
  private final Map<PartKey, StackPart> changed = new LinkedHashMap<>();
  private final List<Happening> happened = new ArrayList<>();
  private final List<Refusal> refused = new ArrayList<>();
  private final List<Segment> addresses = new ArrayList<>();
  private final List<Act> acts = new ArrayList<>();
  private Optional<Reform> reform = Optional.empty();
  private List<Refusal> refusals;
  private final Lease taken;

  Ledger(StackStore store, Lease lease) {
    this.store = store;
    this.taken = lease;
    this.stack = store.find(lease.stack()).orElseThrow();
    store.parts(stack.id()).forEach(part -> parts.put(part.key(), part));
  }

  Stack stack() {
    return stack;
  }

  /** All generations, by their key. */
  Collection<StackPart> parts() {
    return parts.values();
  }

  StackPart part(PartKey key) {
    return parts.get(key);
  }

  /** The number of the next generation of a part; no number is given twice. */
  int nextGeneration(PartId id) {
    return parts.keySet().stream()
            .filter(key -> key.id().equals(id))
            .mapToInt(PartKey::generation)
            .max()
            .orElse(0)
        + 1;
  }

  /** How often the part was touched so far. */
  int touches(PartKey key) {
    return touched.getOrDefault(key, 0);
  }

  /** Something was done about the part that changes nothing of what is kept of it. */
  void touch(PartKey key) {
    touched.merge(key, 1, Integer::sum);
  }

  void note(Turn turn) {
    for (StackPart part : turn.parts()) {
      parts.put(part.key(), part);
      changed.put(part.key(), part);
      touch(part.key());
    }
    happened.addAll(turn.happenings());
  }

  /** A place has refused a part. */
  void note(Refusal refusal) {
    refusals();
    if (!refusals.contains(refusal)) {
      refusals.add(refusal);
      refused.add(refusal);
    }
  }

  /** Something is about to be asked of a cloud, or was. */
  void note(Act act) {
    acts.add(act);
  }

  /** The stack takes addresses beside those that it has. */
  void noteAddresses(List<Segment> segments) {
    addresses.addAll(segments);
  }

  /** Places that refused parts of the stack, oldest first. */
  List<Refusal> refusals() {
    if (refusals == null) {
      refusals = new ArrayList<>(store.refusals(stack.id()));
    }
    return refusals;
  }

  /** The stack as a whole has come somewhere else. */
  void note(Header newHeader, Instant now) {
    if (!newHeader.status().equals(stack.status())) {
      happened.add(Happening.of(newHeader.status(), newHeader.reason()));
    }
    // What is written last knows only of the action before those that were noted since.
    header =
        Optional.of(
            new Header(
                header.map(Header::actionSince).orElse(newHeader.actionSince()),
                newHeader.status(),
                newHeader.reason(),
                newHeader.health()));
    stack = stack.with(newHeader.status(), newHeader.reason(), newHeader.health(), now);
  }

  /** The stack takes another way. */
  void note(Reform newReform, Instant now) {
    reform = Optional.of(newReform);
    stack = stack.with(newReform);
    note(new Header(stack.actionSince(), stack.status(), stack.reason(), stack.health()), now);
  }

  /**
   * Whether the stack has come into another action, and that is not written yet: a person may have
   * wished something else meanwhile, and then it has not.
   */
  boolean isToldOfAnotherAction() {
    return header.filter(noted -> !noted.actionSince().equals(stack.actionSince())).isPresent();
  }

  /** What the stack was wished to be, as long as an update can go back to it. */
  Optional<StackRevision> revision(int number) {
    return store.revision(stack.id(), number);
  }

  /** What the stack was before, as far as it is kept. */
  List<StackRevision> earlier() {
    return StackSecrets.earlier(stack, store);
  }

  /**
   * Writes what was noted, in one transaction.
   *
   * @return whether the stack is in another action than it was known to be, because a person has
   *     asked for it
   * @throws io.isthmus.domain.stack.LeaseLost when another has the stack; then nothing is written
   */
  boolean flush(Lease lease, Instant now) {
    if (header.isEmpty()
        && changed.isEmpty()
        && happened.isEmpty()
        && refused.isEmpty()
        && acts.isEmpty()) {
      return false;
    }
    StackChange change =
        new StackChange(
            header, List.copyOf(changed.values()), happened, refused, addresses, acts, reform);
    header = Optional.empty();
    reform = Optional.empty();
    changed.clear();
    happened.clear();
    refused.clear();
    addresses.clear();
    acts.clear();
    return isAnotherAction(store.write(lease, change, now));
  }

  /**
   * Reads what a person may have asked for; only when nothing is left to write.
   *
   * @return as {@link #flush}
   */
  boolean reread() {
    return isAnotherAction(store.find(stack.id()).orElseThrow());
  }

  /**
   * @throws io.isthmus.domain.stack.LeaseLost when a person has made another stack of it, or it was
   *     to take another way and a person wished something else: what is known of its parts does not
   *     hold any more
   */
  private boolean isAnotherAction(Stack read) {
    if (read.course().revision() != stack.course().revision()) {
      throw new LeaseLost(taken);
    }
    boolean another =
        read.status().action() != stack.status().action()
            || !read.actionSince().equals(stack.actionSince());
    stack = read;
    return another;
  }
}
