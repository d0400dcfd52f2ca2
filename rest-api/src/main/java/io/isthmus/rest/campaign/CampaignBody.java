package io.isthmus.rest.campaign;

import io.isthmus.domain.access.ProjectId;
import io.isthmus.domain.campaign.Campaign;
import io.isthmus.domain.campaign.CampaignChange;
import io.isthmus.domain.campaign.CampaignPace;
import io.isthmus.domain.campaign.CampaignTotals;
import io.isthmus.domain.campaign.CampaignView;
import io.isthmus.domain.cloud.CloudId;
import io.isthmus.domain.placement.Glob;
import io.isthmus.domain.placement.ResourceChange;
import jakarta.json.JsonValue;
import java.math.BigDecimal;
import java.time.Instant;
import java.time.LocalDateTime;
import java.time.ZoneId;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.UUID;

/**
 * One change of many stacks.
 *
 * @param status {@code previewing}, {@code ready}, {@code scheduled}, {@code running}, {@code
 *     waiting}, {@code paused}, {@code halted}, {@code complete}, {@code ended}, {@code
 *     taking_back} or {@code taken_back}
 * @param why what keeps it; absent when nothing does
 * @param wave the one whose stacks are begun, from 1; absent before
 * @param restsUntil until when it rests before the next wave
 * @param beginsAt its moment; absent for as soon as it is started
 * @param author in whose name it is carried on
 * @param stacks how many it was looked at
 * @param concerned how many of them it changes or would change
 * @param failures how many have failed or have become unhealthy
 * @param counts how many are how far, by state
 * @param totals what it makes of all of them together; absent in lists
 */
public record CampaignBody(
    UUID id,
    String name,
    String reason,
    boolean federation,
    List<String> projects,
    List<String> names,
    List<String> clouds,
    ChangeBody change,
    PaceBody pace,
    String status,
    String why,
    Integer wave,
    Instant restsUntil,
    Instant beginsAt,
    String author,
    String createdBy,
    Instant createdAt,
    Instant startedAt,
    Instant endedAt,
    int stacks,
    int concerned,
    int failures,
    Map<String, Integer> counts,
    TotalsBody totals) {

  /**
   * What is changed.
   *
   * @param version the oldest version of TLS, as Octavia names it
   * @param value of a parameter; absent when a stack's template hides it, and before that is known
   * @param templateSha256 of the template's text
   * @param replaces SHA-256 of the template that a stack must have
   */
  public record ChangeBody(
      String kind,
      String words,
      String from,
      String to,
      String version,
      String parameter,
      JsonValue value,
      String templateSha256,
      String replaces) {

    static ChangeBody of(Campaign campaign, Locale locale) {
      CampaignChange change = campaign.change();
      String words = change.words().in(locale);
      if (change instanceof CampaignChange.Image image) {
        return fromTo(image.kind(), words, image.from(), image.to());
      }
      if (change instanceof CampaignChange.Flavor flavor) {
        return fromTo(flavor.kind(), words, flavor.from(), flavor.to());
      }
      if (change instanceof CampaignChange.TlsFloor tls) {
        String version = tls.floor().octaviaName();
        return new ChangeBody(tls.kind(), words, null, null, version, null, null, null, null);
      }
      if (change instanceof CampaignChange.Parameter parameter) {
        boolean shown = !campaign.secret() && campaign.status() != Campaign.Status.PREVIEWING;
        return new ChangeBody(
            parameter.kind(),
            words,
            null,
            null,
            null,
            parameter.name(),
            shown ? parameter.value() : null,
            null,
            null);
      }
      CampaignChange.Template template = (CampaignChange.Template) change;
      return new ChangeBody(
          template.kind(),
          words,
          null,
          null,
          null,
          null,
          null,
          CampaignChange.digest(template.text()),
          template.replaces().orElse(null));
    }

    private static ChangeBody fromTo(String kind, String words, String from, String to) {
      return new ChangeBody(kind, words, from, to, null, null, null, null, null);
    }
  }

  /** How fast it goes, and when it stops by itself; as in the request. */
  public record PaceBody(
      String at,
      String timeZone,
      int canaries,
      List<String> canaryNames,
      String waveSize,
      long restMinutes,
      boolean asks,
      int atOnce,
      long watchMinutes,
      String stopAfter,
      boolean keepsFailed) {

    static PaceBody of(CampaignPace pace) {
      return new PaceBody(
          pace.at().map(LocalDateTime::toString).orElse(null),
          pace.zone().map(ZoneId::getId).orElse(null),
          pace.canaries(),
          pace.canaryNames(),
          pace.wave().toString(),
          pace.rest().toMinutes(),
          pace.asks(),
          pace.atOnce(),
          pace.watch().toMinutes(),
          pace.stopAfter().toString(),
          pace.keepsFailed());
    }
  }

  /**
   * What it makes of all stacks together.
   *
   * @param resources how many become what, by kind
   * @param interrupted of how many something is interrupted
   * @param hourly what it costs more, or less, by currency
   * @param whole whether all prices are known
   */
  public record TotalsBody(
      Map<String, Integer> resources,
      int interrupted,
      Map<String, BigDecimal> hourly,
      Map<String, BigDecimal> monthly,
      boolean whole) {

    static TotalsBody of(CampaignTotals totals) {
      return new TotalsBody(
          kinds(totals.resources()),
          totals.interrupted(),
          totals.hourly(),
          totals.monthly(),
          totals.whole());
    }
  }

  static Map<String, Integer> kinds(Map<ResourceChange.Kind, Integer> counts) {
    Map<String, Integer> kinds = new TreeMap<>();
    for (ResourceChange.Kind kind : ResourceChange.Kind.values()) {
      if (kind != ResourceChange.Kind.UNCHANGED) {
        kinds.put(kind.name().toLowerCase(Locale.ROOT), counts.getOrDefault(kind, 0));
      }
    }
    return kinds;
  }

  static CampaignBody of(CampaignView view, Optional<CampaignTotals> totals, Locale locale) {
    Campaign campaign = view.campaign();
    Map<String, Integer> counts = new TreeMap<>();
    view.counts().forEach((state, count) -> counts.put(state.text(), count));
    return new CampaignBody(
        campaign.id(),
        campaign.name(),
        campaign.reason(),
        campaign.scope().federation(),
        campaign.scope().projects().stream().map(ProjectId::toString).toList(),
        campaign.scope().names().stream().map(Glob::text).toList(),
        campaign.scope().clouds().stream().map(CloudId::text).toList(),
        ChangeBody.of(campaign, locale),
        PaceBody.of(campaign.pace()),
        campaign.status().text(),
        campaign.why().map(why -> why.in(locale)).orElse(null),
        campaign.hasBegun() ? campaign.wave() + 1 : null,
        campaign.restsUntil().orElse(null),
        campaign.pace().begins().orElse(null),
        campaign.author().name(),
        campaign.createdBy(),
        campaign.createdAt(),
        campaign.startedAt().orElse(null),
        campaign.endedAt().orElse(null),
        view.stacks(),
        view.concerned(),
        view.failures(),
        counts,
        totals.map(TotalsBody::of).orElse(null));
  }
}
