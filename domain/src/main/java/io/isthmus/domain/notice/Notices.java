package io.isthmus.domain.notice;

import io.isthmus.domain.access.Caller;
import io.isthmus.domain.audit.Audited;
import io.isthmus.domain.fault.FederationFault;
import io.isthmus.domain.language.Phrase;
import io.isthmus.domain.tenant.TenantService;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import jakarta.transaction.Transactional;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;

/** What people should know, and how far the caller has seen it. */
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
   * @throws FederationFault NOT_FOUND when the project is not one of the caller's; FORBIDDEN for
   *     the federation's to who does not administer it; REQUEST_INVALID
   */
  @Audited(action = "read/list", target = "notice")
  @Transactional
  public NoticeSlice list(
      Audience audience, NoticeQuery query, long skip, int limit, Caller caller) {
    requireReader(audience, caller);
    if (limit < 1 || limit > MOST) {
      throw FederationFault.invalid("limit", Phrase.of("notice.limit", limit, MOST));
    }
    Instant seenUntil = store.seenUntil(audience, caller.subject());
    return new NoticeSlice(
        store.list(audience, query, seenUntil, Math.max(0, skip), limit),
        store.count(audience, query, seenUntil),
        seenUntil);
  }

  /**
   * When the newest was; empty when there is none.
   *
   * @throws FederationFault NOT_FOUND; FORBIDDEN
   */
  @Transactional
  public Optional<Instant> newest(Audience audience, Caller caller) {
    requireReader(audience, caller);
    return store.newest(audience);
  }

  /**
   * How many the caller has not seen, at most 100.
   *
   * @throws FederationFault NOT_FOUND; FORBIDDEN
   */
  @Transactional
  public int unseen(Audience audience, Caller caller) {
    requireReader(audience, caller);
    return store.unseen(audience, caller.subject());
  }

  /**
   * The caller has seen everything up to a moment. Safe to repeat; an earlier moment changes
   * nothing.
   *
   * @throws FederationFault NOT_FOUND; FORBIDDEN; REQUEST_INVALID for a moment to come
   */
  @Audited(action = "update/seen", target = "notice")
  @Transactional
  public void seen(Audience audience, Instant until, Caller caller) {
    requireReader(audience, caller);
    if (until.isAfter(clock.instant())) {
      // What comes next would never be told.
      throw FederationFault.invalid("until", Phrase.of("notice.until-to-come", until));
    }
    store.seen(audience, caller.subject(), until);
  }

  private void requireReader(Audience audience, Caller caller) {
    audience
        .project()
        .ifPresentOrElse(
            project -> tenants.requireReader(caller, project), caller::requireFederationAdmin);
  }
}
