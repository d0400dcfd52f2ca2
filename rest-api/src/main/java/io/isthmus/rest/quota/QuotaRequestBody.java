package io.isthmus.rest.quota;

import io.isthmus.domain.quota.QuotaRequest;
import java.time.Instant;
import java.util.Map;
import java.util.UUID;

/**
 * That a project's people want more.
 *
 * @param of {@code project} or {@code tenant}: whose quota is to be larger
 * @param state {@code open}, {@code approved}, {@code denied} or {@code withdrawn}
 * @param decidedBy absent while it is open, as the two that follow
 * @param granted what was set; absent unless it was approved
 */
public record QuotaRequestBody(
    UUID id,
    String tenant,
    String project,
    String of,
    String extent,
    Map<String, Long> limits,
    String reason,
    String askedBy,
    Instant askedAt,
    String state,
    String decidedBy,
    Instant decidedAt,
    String answer,
    Map<String, Long> granted) {

  static QuotaRequestBody of(QuotaRequest request) {
    return new QuotaRequestBody(
        request.id(),
        request.project().tenant(),
        request.project().project(),
        request.of().text(),
        request.extent().text(),
        QuotaBody.limits(request.wanted()),
        request.reason(),
        request.askedBy(),
        request.askedAt(),
        request.state().text(),
        request.decision().map(QuotaRequest.Decision::by).orElse(null),
        request.decision().map(QuotaRequest.Decision::at).orElse(null),
        request.decision().map(QuotaRequest.Decision::answer).orElse(null),
        request
            .decision()
            .map(QuotaRequest.Decision::granted)
            .filter(granted -> !granted.isEmpty())
            .map(QuotaBody::limits)
            .orElse(null));
  }
}
