package io.isthmus.rest.campaign;

import io.isthmus.domain.campaign.CampaignStack;
import io.isthmus.domain.campaign.StackPreview;
import io.isthmus.rest.placement.UpdateBody.ChangeBody;
import io.isthmus.rest.placement.UpdateBody.DifferenceBody;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/**
 * What would become, becomes and has become of one stack of a campaign.
 *
 * @param wave in which it is changed, from 1
 * @param preview what would become of it; absent while that is not known, for what is not concerned
 *     and for what is refused
 * @param plan by which it is or was changed; absent before
 * @param why what keeps it, or what came of it
 * @param nextTry when it is looked at again; absent for as soon as it is its turn
 * @param seconds how long changing it took, or takes so far
 */
public record CampaignStackBody(
    String stack,
    String project,
    String name,
    int wave,
    String state,
    PreviewBody preview,
    String plan,
    String why,
    Instant nextTry,
    Instant begunAt,
    Instant endedAt,
    Long seconds,
    Instant changedAt) {

  /**
   * What would become of it.
   *
   * @param resources how many become what, by kind
   * @param interrupted of how many something is interrupted
   * @param changes without what stays as and where it is
   */
  public record PreviewBody(
      Map<String, Integer> resources,
      int interrupted,
      List<ChangeBody> changes,
      DifferenceBody costDifference) {

    static PreviewBody of(StackPreview preview, Locale locale) {
      return new PreviewBody(
          CampaignBody.kinds(preview.counts()),
          preview.interrupted(),
          preview.changes().stream().map(change -> ChangeBody.of(change, locale)).toList(),
          DifferenceBody.of(preview.cost()));
    }
  }

  static CampaignStackBody of(CampaignStack one, Instant now, Locale locale) {
    return new CampaignStackBody(
        one.stack().toString(),
        one.project().toString(),
        one.name(),
        one.wave() + 1,
        one.state().text(),
        one.preview().map(preview -> PreviewBody.of(preview, locale)).orElse(null),
        one.plan().map(Object::toString).orElse(null),
        one.why().map(why -> why.in(locale)).orElse(null),
        one.nextTry().orElse(null),
        one.begunAt().orElse(null),
        one.endedAt().orElse(null),
        one.took(now).map(Duration::toSeconds).orElse(null),
        one.changedAt());
  }
}
