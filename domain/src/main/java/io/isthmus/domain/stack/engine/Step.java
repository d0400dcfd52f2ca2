package io.isthmus.domain.stack.engine;

import io.isthmus.domain.stack.StackPart;

/** One change to ask of a cloud. */
sealed interface Step {

  StackPart part();

  record Create(StackPart part) implements Step {}

  /** Takes over what is in its cloud already. */
  record Adopt(StackPart part) implements Step {}

  /** Brings what is there to what it shall be, in place. */
  record Update(StackPart part) implements Step {}

  record Delete(StackPart part) implements Step {}

  /** Stops what was replaced while its cloud was lost. */
  record Stop(StackPart part) implements Step {}

  /** Puts it to sleep. */
  record Suspend(StackPart part) implements Step {}

  /** Wakes it. */
  record Resume(StackPart part) implements Step {}

  /** Removes one of several resources that carry the same mark. */
  record DeleteDouble(StackPart part, String physicalId) implements Step {}
}
