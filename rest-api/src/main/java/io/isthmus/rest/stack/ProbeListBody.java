package io.isthmus.rest.stack;

import io.isthmus.domain.probe.CloudLoss;
import io.isthmus.domain.probe.ProbeReport;
import java.time.Instant;
import java.util.List;
import java.util.Locale;

/**
 * The probes of a stack's servers.
 *
 * @param silentClouds clouds of the stack whose API does not answer, and what probes say of them
 */
public record ProbeListBody(List<ProbeBody> probes, List<LossBody> silentClouds) {

  /**
   * A cloud whose API does not answer.
   *
   * @param probed servers there that are probed from outside
   * @param vantages from how many places
   */
  public record LossBody(
      String cloud,
      Instant silentSince,
      int probed,
      int answering,
      int failing,
      int vantages,
      String verdict) {

    static LossBody of(CloudLoss loss) {
      return new LossBody(
          loss.cloud().text(),
          loss.silentSince(),
          loss.probed(),
          loss.answering(),
          loss.failing(),
          loss.vantages(),
          loss.verdict().text());
    }
  }

  static ProbeListBody of(ProbeReport report, Locale locale) {
    return new ProbeListBody(
        report.probes().stream().map(result -> ProbeBody.of(result, locale)).toList(),
        report.losses().stream().map(LossBody::of).toList());
  }
}
