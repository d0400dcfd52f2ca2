package io.isthmus.rest.notice;

import io.isthmus.domain.notice.Notice;
import io.isthmus.domain.notice.NoticeSubject;
import java.util.Locale;

/**
 * Something to know.
 *
 * @param kind {@code stack-done} and whatever else {@link Notice.Kind} has
 * @param stack what it is about, with its name, {@code cloud}, {@code quotaRequest}, {@code
 *     webhook}, {@code campaign} or {@code budget}, whose project is told: one of them is there
 * @param seen whether the caller has seen it
 */
public record NoticeBody(
    String kind,
    String at,
    String project,
    String stack,
    String stackName,
    String cloud,
    String quotaRequest,
    String budget,
    String webhook,
    String campaign,
    String text,
    boolean seen) {

  static NoticeBody of(Notice notice, boolean seen, Locale locale) {
    NoticeSubject subject = notice.subject();
    boolean isOfStack = subject instanceof NoticeSubject.OfStack;
    return new NoticeBody(
        notice.kind().text(),
        notice.at().toString(),
        notice.project().toString(),
        subject instanceof NoticeSubject.OfStack of ? of.stack().toString() : null,
        isOfStack ? subject.name() : null,
        subject instanceof NoticeSubject.OfCloud of ? of.cloud().text() : null,
        subject instanceof NoticeSubject.OfQuotaRequest of ? of.request().toString() : null,
        subject instanceof NoticeSubject.OfBudget of ? of.project().toString() : null,
        subject instanceof NoticeSubject.OfWebhook of ? of.webhook().toString() : null,
        subject instanceof NoticeSubject.OfCampaign of ? of.campaign().toString() : null,
        notice.phrase().in(locale),
        seen);
  }
}
