package io.isthmus.rest.stack;

import io.isthmus.domain.failover.Failovers;
import io.isthmus.domain.failover.LostCloud;
import io.isthmus.domain.stack.StackPart;
import io.isthmus.rest.drain.HeldBody;
import java.time.Instant;
import java.util.List;
import java.util.Locale;

/**
 * A cloud of a stack that is silent, or in which something of the stack was replaced while it was.
 *
 * @param why what is waited for, or what came of it
 * @param held what should be made anew elsewhere and cannot
 * @param plan by which it is made anew, or was last
 * @param tries how often that has failed, or found no place
 * @param decision that a person has said that the cloud is lost
 * @param removeAt from when what was replaced is removed; absent until a rule or a person says so
 * @param replaced what was replaced there and may be there still
 */
public record LostCloudBody(
    String cloud,
    String state,
    String why,
    Instant silentSince,
    List<HeldBody> held,
    String plan,
    int tries,
    DecisionBody decision,
    Instant removeAt,
    Instant changedAt,
    List<ReplacedBody> replaced) {

  /** That a person has said so. */
  public record DecisionBody(String by, String reason, Instant at) {}

  /**
   * What was replaced.
   *
   * @param stopped whether it is known not to run; false also for what nobody knows
   */
  public record ReplacedBody(
      String resource,
      String type,
      String region,
      String physicalId,
      String cloudStatus,
      boolean stopped,
      boolean answers) {

    static ReplacedBody of(StackPart part) {
      return new ReplacedBody(
          part.id().resource(),
          part.type(),
          part.id().region(),
          part.state().physicalId().orElse(null),
          part.state().cloudStatus().orElse(null),
          !part.mayStillRun(),
          part.isBack());
    }
  }

  static LostCloudBody of(Failovers.Told told, Locale locale) {
    LostCloud lost = told.lost();
    return new LostCloudBody(
        lost.cloud().text(),
        lost.state().text(),
        lost.why().map(why -> why.in(locale)).orElse(null),
        lost.silentSince(),
        lost.held().stream().map(held -> HeldBody.of(held, locale)).toList(),
        lost.plan().map(plan -> plan.value().toString()).orElse(null),
        lost.tries(),
        lost.decided().map(one -> new DecisionBody(one.by(), one.because(), one.at())).orElse(null),
        lost.removeAt().orElse(null),
        lost.changedAt(),
        told.replaced().stream().map(ReplacedBody::of).toList());
  }
}
