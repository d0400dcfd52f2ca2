package io.isthmus.domain.notice;

import io.isthmus.domain.access.ProjectId;
import io.isthmus.domain.language.Phrase;
import java.time.Instant;
import java.util.Arrays;
import java.util.Locale;

/**
 * Something to know.
 *
 * @param project whose matter it is, whoever is told
 */
public record Notice(
    Kind kind, Instant at, ProjectId project, NoticeSubject subject, Phrase phrase) {

  /** What it is about. */
  public enum Kind {
    /** A stack has come where it was wanted. */
    STACK_DONE,
    STACK_FAILED,
    /** A cloud does not answer, or does not let the project in. */
    CLOUD_DARK,
    CLOUD_BACK,
    /** A credential stops working within {@link Notices#EXPIRY_WARNING}. */
    CREDENTIAL_EXPIRES,
    /** A project's people ask for a larger quota; administrators are told. */
    QUOTA_ASKED,
    /** Administrators have decided; the project's people are told. */
    QUOTA_APPROVED,
    QUOTA_DENIED,
    /** A project has spent a part of its budget at which its people are warned. */
    BUDGET_REACHED,
    /** A webhook takes nothing, and is told nothing more until a person resumes it. */
    WEBHOOK_PAUSED,
    /** A campaign has stopped by its rule, or waits for a person before its next wave. */
    CAMPAIGN_WAITS;

    /** {@code stack-done}. */
    public String text() {
      return name().toLowerCase(Locale.ROOT).replace('_', '-');
    }

    /**
     * Reads {@code stack-done}.
     *
     * @throws IllegalArgumentException for anything else
     */
    public static Kind parse(String text) {
      return Arrays.stream(values())
          .filter(kind -> kind.text().equals(text))
          .findFirst()
          .orElseThrow(() -> new IllegalArgumentException("not a kind of notice: " + text));
    }
  }
}
