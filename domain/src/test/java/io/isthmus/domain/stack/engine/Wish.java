package io.isthmus.domain.stack.engine;

import io.isthmus.domain.language.Phrase;
import io.isthmus.domain.stack.Stack;
import io.isthmus.domain.stack.StackChange.Happening;
import io.isthmus.domain.stack.StackId;
import java.util.ArrayList;
import java.util.List;

/** What a person wished a stack to be, one after the other, and what the person was promised. */
final class Wish {

  final StackId id;
  final String name;
  private final List<TestStacks> all = new ArrayList<>();

  /** Requests that were acknowledged, in words that are of this request alone. */
  final List<String> acknowledged = new ArrayList<>();

  /** Requests of which the answer was lost: they were done or not. */
  final List<String> unanswered = new ArrayList<>();

  /** What was written of the stack's story and acknowledged to the engine, in order. */
  private final List<Phrase> told = new ArrayList<>();

  /** The number of the wish that was acknowledged last. */
  private int last;

  private boolean deletionAcknowledged;

  Wish(StackId id, String name, TestStacks first) {
    this.id = id;
    this.name = name;
    all.add(first);
  }

  /** A stack's policy is the number of the wish that it follows. */
  TestStacks at(Stack stack) {
    return all.get(number(stack));
  }

  static int number(Stack stack) {
    return stack.policy().isEmpty() ? 0 : Integer.parseInt(stack.policy());
  }

  /**
   * @return the number of the new wish
   */
  int add(TestStacks next) {
    all.add(next);
    return all.size() - 1;
  }

  void follows(int number) {
    last = number;
  }

  int last() {
    return last;
  }

  boolean everAllowed(String cloud) {
    return all.stream().anyMatch(one -> one.allowed().contains(cloud));
  }

  void told(List<Happening> happenings) {
    happenings.forEach(happening -> told.add(happening.phrase()));
  }

  List<Phrase> told() {
    return told;
  }

  void deletionAcknowledged() {
    deletionAcknowledged = true;
  }

  boolean isToBeDeleted() {
    return deletionAcknowledged;
  }
}
