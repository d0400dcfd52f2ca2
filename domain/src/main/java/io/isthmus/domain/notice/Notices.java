package io.isthmus.domain.notice;

import io.isthmus.domain.access.Caller;
import io.isthmus.domain.access.ProjectId;
import io.isthmus.domain.fault.FaultCode;
import io.isthmus.domain.fault.FederationFault;
import io.isthmus.domain.fault.Violation;
import io.isthmus.domain.language.Phrase;
import io.isthmus.domain.tenant.TenantService;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import jakarta.transaction.Transactional;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/** What a project's people should know, and how far the caller has seen it. */
@ApplicationScoped
public class Notices {

  /** Most notices in one answer. */
  public static final int MOST = 500;

  /** How long before a credential expires that is news. */
  public static final Duration EXPIRY_WARNING = Duration.ofDays(14);

  private NoticeStore store;
  private TenantService tenants;
  private Clock clock;

  @Inject
  Notices(NoticeStore store, TenantService tenants) {
    this(store, tenants, Clock.systemUTC());
  }

  public Notices(NoticeStore store, TenantService tenants, Clock clock) {
    this.store = store;
    this.tenants = tenants;
    this.clock = clock;
  }

  /** For the container's proxies. */
  protected Notices() {}

  /**
   * Notices from the one before which a number of others come.
   *
   * @param skip at least 0
   * @param limit 1 to {@link #MOST}
   * @throws FederationFault NOT_FOUND when the project is not one of the caller's; REQUEST_INVALID
   */
  @Transactional
  public NoticeSlice list(
      ProjectId project, NoticeQuery query, long skip, int limit, Caller caller) {
    tenants.requireReader(caller, project);
    if (limit < 1 || limit > MOST) {
      throw invalid("limit", Phrase.of("notice.limit", limit, MOST));
    }
    Instant seenUntil = store.seenUntil(project, caller.subject());
    return new NoticeSlice(
        store.list(project, query, seenUntil, Math.max(0, skip), limit),
        store.count(project, query, seenUntil),
        seenUntil);
  }

  /**
   * When the project's newest was; empty when there is none.
   *
   * @throws FederationFault NOT_FOUND
   */
  @Transactional
  public Optional<Instant> newest(ProjectId project, Caller caller) {
    tenants.requireReader(caller, project);
    return store.newest(project);
  }

  /**
   * How many the caller has not seen, at most 100.
   *
   * @throws FederationFault NOT_FOUND
   */
  @Transactional
  public int unseen(ProjectId project, Caller caller) {
    tenants.requireReader(caller, project);
    return store.unseen(project, caller.subject());
  }

  /**
   * The caller has seen everything up to a moment. Safe to repeat; an earlier moment changes
   * nothing.
   *
   * @throws FederationFault NOT_FOUND; REQUEST_INVALID for a moment to come
   */
  @Transactional
  public void seen(ProjectId project, Instant until, Caller caller) {
    tenants.requireReader(caller, project);
    if (until.isAfter(clock.instant())) {
      // What comes next would never be told.
      throw invalid("until", Phrase.of("notice.until-to-come", until));
    }
    store.seen(project, caller.subject(), until);
  }

  private static FederationFault invalid(String field, Phrase phrase) {
    return new FederationFault(
        FaultCode.REQUEST_INVALID, phrase, List.of(Violation.at(field, phrase)));
  }
}
