package io.isthmus.rest.drain;

import io.isthmus.domain.drain.DrainPreview;
import io.isthmus.rest.placement.DecisionBody;
import io.isthmus.rest.placement.UpdateBody.ChangeBody;
import java.util.List;
import java.util.Locale;

/**
 * What would move if a place were drained now.
 *
 * @param moves how many resources move
 * @param held how many stay
 * @param unplanned how many more stacks have something there, for which it was not tried
 */
public record DrainPreviewBody(int moves, int held, int unplanned, List<StackBody> stacks) {

  /**
   * What would become of one stack.
   *
   * @param parts how many physical resources it has there
   * @param decisions why what moves goes where it goes, and not elsewhere
   * @param problem why it cannot be told; absent when it can
   */
  public record StackBody(
      String stack,
      String project,
      String name,
      int parts,
      List<ChangeBody> changes,
      List<HeldBody> held,
      List<DecisionBody> decisions,
      String problem) {
    static StackBody of(DrainPreview.Of one, Locale locale) {
      return new StackBody(
          one.stack().toString(),
          one.project().toString(),
          one.name(),
          one.parts(),
          one.changes().stream().map(change -> ChangeBody.of(change, locale)).toList(),
          one.held().stream().map(held -> HeldBody.of(held, locale)).toList(),
          one.decisions().stream().map(why -> DecisionBody.of(why, locale)).toList(),
          one.problem().map(phrase -> phrase.in(locale)).orElse(null));
    }
  }

  static DrainPreviewBody of(DrainPreview preview, Locale locale) {
    return new DrainPreviewBody(
        preview.moves(),
        preview.held(),
        preview.unplanned(),
        preview.stacks().stream().map(one -> StackBody.of(one, locale)).toList());
  }
}
