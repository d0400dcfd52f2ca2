package io.isthmus.domain.stack;

import io.isthmus.domain.fault.FederationFault;
import io.isthmus.domain.template.HiddenValues;
import java.util.List;
import java.util.function.Function;

/**
 * What of a stack is told to nobody: the values of the hidden parameters that it has, and of those
 * that it had before. While it becomes another, and for as long as something of before is there,
 * clouds still show and repeat what they were given then.
 */
public final class StackSecrets {

  private StackSecrets() {}

  /**
   * @param earlier what the stack was before, as far as it is kept
   * @param blueprints of the stack at any of its revisions
   */
  public static HiddenValues of(
      Stack stack, List<StackRevision> earlier, Function<Stack, HiddenValues> blueprints) {
    HiddenValues hidden = hidden(stack, blueprints);
    for (StackRevision revision : earlier) {
      hidden = hidden.and(hidden(stack.at(revision), blueprints));
    }
    return hidden;
  }

  /** As {@link #of(Stack, List, Function)}. */
  public static HiddenValues of(Stack stack, StackStore store, Blueprints blueprints) {
    return of(stack, earlier(stack, store), at -> blueprints.graph(at).hidden());
  }

  /** Nothing is asked for of a stack that was never updated. */
  public static List<StackRevision> earlier(Stack stack, StackStore store) {
    return stack.course().revision() > StackCourse.FIRST.revision()
        ? store.earlier(stack.id())
        : List.of();
  }

  /** Of a template that is not understood any more nobody knows what it hides. */
  private static HiddenValues hidden(Stack stack, Function<Stack, HiddenValues> blueprints) {
    try {
      return stack.template().mayHide() ? blueprints.apply(stack) : HiddenValues.NONE;
    } catch (FederationFault notUnderstood) {
      return HiddenValues.of(stack.parameters());
    }
  }
}
