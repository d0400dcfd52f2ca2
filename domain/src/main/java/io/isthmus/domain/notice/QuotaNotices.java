package io.isthmus.domain.notice;

import io.isthmus.domain.cloud.Extent;
import io.isthmus.domain.cloud.LimitKind;
import io.isthmus.domain.language.Phrase;
import io.isthmus.domain.quota.QuotaHolder;
import io.isthmus.domain.quota.QuotaRequest;
import io.isthmus.domain.quota.QuotaRequestChanged;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Observes;
import jakarta.inject.Inject;
import jakarta.transaction.Transactional;
import java.time.Instant;
import java.util.List;

/**
 * Tells administrators when a larger quota is asked for, and who asked when it is decided. What is
 * taken back is told to nobody.
 */
@ApplicationScoped
public class QuotaNotices {

  private NoticeStore store;

  @Inject
  public QuotaNotices(NoticeStore store) {
    this.store = store;
  }

  /** For the container's proxies. */
  protected QuotaNotices() {}

  /** In the transaction of the request itself. */
  @Transactional
  public void changed(@Observes QuotaRequestChanged change) {
    QuotaRequest request = change.request();
    switch (request.state()) {
      case OPEN ->
          tell(
              Audience.FEDERATION,
              request,
              Notice.Kind.QUOTA_ASKED,
              request.askedAt(),
              phrase("notice.quota-asked", request, request.askedBy(), ""));
      case APPROVED -> tellProject(request, Notice.Kind.QUOTA_APPROVED, "notice.quota-approved");
      case DENIED -> tellProject(request, Notice.Kind.QUOTA_DENIED, "notice.quota-denied");
      case WITHDRAWN -> {
        // They did it themselves.
      }
    }
  }

  private void tellProject(QuotaRequest request, Notice.Kind kind, String key) {
    QuotaRequest.Decision decision = request.decision().orElseThrow();
    String said = decision.answer().isEmpty() ? key : key + "-saying";
    tell(
        Audience.of(request.project()),
        request,
        kind,
        decision.at(),
        phrase(said, request, decision.by(), decision.answer()));
  }

  private void tell(
      Audience audience, QuotaRequest request, Notice.Kind kind, Instant at, Phrase phrase) {
    store.tell(
        audience,
        new Notice(
            kind,
            at,
            request.project(),
            new NoticeSubject.OfQuotaRequest(request.id(), request.project()),
            phrase));
  }

  private static Phrase phrase(String key, QuotaRequest request, String by, String answer) {
    List<LimitKind> kinds = request.wanted().keySet().stream().sorted().toList();
    return Phrase.of(
        key,
        by,
        holder(request.holder()),
        LimitKind.names(kinds),
        extent(request.extent()),
        answer);
  }

  private static Object holder(QuotaHolder holder) {
    return holder.project().isPresent()
        ? holder.toString()
        : Phrase.of("notice.whole-tenant", holder.tenant());
  }

  private static Phrase extent(Extent extent) {
    if (extent instanceof Extent.OfCloud of) {
      return Phrase.of("notice.in-cloud", of.cloud());
    }
    if (extent instanceof Extent.OfOperator of) {
      return Phrase.of("notice.in-clouds-of", of.operator());
    }
    if (extent instanceof Extent.OfJurisdiction of) {
      return Phrase.of("notice.in-jurisdiction", Phrase.countries(List.of(of.jurisdiction())));
    }
    return Phrase.of("notice.in-all");
  }
}
