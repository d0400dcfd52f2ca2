package io.isthmus.rest.leak;

import io.isthmus.domain.leak.Finding;
import io.isthmus.domain.leak.LeakCheck;
import io.isthmus.domain.leak.Unseen;
import java.time.Instant;
import java.util.List;
import java.util.Locale;

/**
 * A comparison of everything that carries our mark with what is known, and the reverse.
 *
 * @param state where it stands
 * @param result what came of it
 * @param endedAt absent while it goes on
 * @param steps accesses that are looked through
 * @param marked things that carry a mark of ours
 * @param parts known resources that were looked for
 * @param counts how many findings of each kind are open, and how many were removed
 * @param more findings beyond those that are kept
 * @param findings absent in lists
 * @param unseen what could not be looked at; absent in lists
 */
public record LeakCheckBody(
    String id,
    String state,
    String result,
    String askedBy,
    Instant beganAt,
    Instant endedAt,
    int steps,
    int stepsDone,
    long lists,
    long marked,
    long parts,
    CountsBody counts,
    long more,
    List<FindingBody> findings,
    List<UnseenBody> unseen) {

  /** How many. */
  public record CountsBody(long leaked, long missing, long unknown, long removed, long unseen) {}

  /**
   * Something that is there and not known, or known and not there.
   *
   * @param stack absent where the mark does not tell it
   * @param trouble why nothing was done about it, or not yet
   */
  public record FindingBody(
      String id,
      String kind,
      String cloud,
      String region,
      String project,
      String type,
      String physicalId,
      String name,
      String stack,
      String stackName,
      String resource,
      String reason,
      String repair,
      String trouble) {

    static FindingBody of(Finding finding, Locale locale) {
      return new FindingBody(
          finding.id(),
          lower(finding.kind()),
          finding.cloud().text(),
          finding.region(),
          finding.project().toString(),
          finding.type(),
          finding.physicalId(),
          finding.name(),
          finding.stack().map(Object::toString).orElse(null),
          finding.stackName().orElse(null),
          finding.resource().orElse(null),
          finding.reason().in(locale),
          lower(finding.repair()),
          finding.trouble().map(trouble -> trouble.in(locale)).orElse(null));
    }
  }

  /**
   * What could not be looked at.
   *
   * @param region absent for the whole cloud
   * @param type absent for all of them
   */
  public record UnseenBody(
      String cloud, String region, String project, String type, String reason) {

    static UnseenBody of(Unseen unseen, Locale locale) {
      return new UnseenBody(
          unseen.cloud().text(),
          unseen.region().orElse(null),
          unseen.project().toString(),
          unseen.type().orElse(null),
          unseen.reason().in(locale));
    }
  }

  static LeakCheckBody of(LeakCheck check, Locale locale) {
    return of(
        check,
        check.findings().stream().map(finding -> FindingBody.of(finding, locale)).toList(),
        check.unseen().stream().map(unseen -> UnseenBody.of(unseen, locale)).toList());
  }

  /** Without what was found. */
  static LeakCheckBody summary(LeakCheck check) {
    return of(check, null, null);
  }

  private static LeakCheckBody of(
      LeakCheck check, List<FindingBody> findings, List<UnseenBody> unseen) {
    return new LeakCheckBody(
        check.id().toString(),
        lower(check.state()),
        lower(check.result()),
        check.askedBy(),
        check.beganAt(),
        check.endedAt().orElse(null),
        check.steps(),
        check.stepsDone(),
        check.lists(),
        check.marked(),
        check.parts(),
        new CountsBody(
            check.open(Finding.Kind.LEAKED),
            check.open(Finding.Kind.MISSING),
            check.open(Finding.Kind.UNKNOWN),
            check.removed(),
            check.unseen().size()),
        check.more(),
        findings,
        unseen);
  }

  private static String lower(Enum<?> value) {
    return value.name().toLowerCase(Locale.ROOT);
  }
}
