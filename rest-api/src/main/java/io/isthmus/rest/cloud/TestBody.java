package io.isthmus.rest.cloud;

import io.isthmus.domain.access.ProjectId;
import io.isthmus.domain.cloud.CloudDraft;
import io.isthmus.domain.cloud.CloudId;
import io.isthmus.domain.cloud.ConnectionCheck;
import java.util.List;
import java.util.Locale;

/** What came of trying one entry. */
public record TestBody(
    String entry, String cloud, String project, boolean passed, List<CheckBody> checks) {

  /** One step, and how long it took. */
  public record CheckBody(String step, String result, String outcome, long milliseconds) {}

  static TestBody of(CloudDraft draft, List<ConnectionCheck> checks, Locale locale) {
    return of(draft.entry(), draft.cloud(), draft.connection().project(), checks, locale);
  }

  /**
   * @param entry null when what is saved was tried
   */
  static TestBody of(
      String entry, CloudId cloud, ProjectId project, List<ConnectionCheck> checks, Locale locale) {
    return new TestBody(
        entry,
        cloud.text(),
        project.toString(),
        checks.stream().noneMatch(check -> check.result() == ConnectionCheck.Result.FAILED),
        checks.stream()
            .map(
                check ->
                    new CheckBody(
                        check.step(),
                        check.result().name(),
                        check.outcome().in(locale),
                        check.took().toMillis()))
            .toList());
  }
}
