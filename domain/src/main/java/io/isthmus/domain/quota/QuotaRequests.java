package io.isthmus.domain.quota;

import io.isthmus.domain.access.Caller;
import io.isthmus.domain.access.ProjectId;
import io.isthmus.domain.audit.Audited;
import io.isthmus.domain.audit.AuditedId;
import io.isthmus.domain.audit.AuditedRequest;
import io.isthmus.domain.cloud.Allowance;
import io.isthmus.domain.cloud.Extent;
import io.isthmus.domain.cloud.LimitKind;
import io.isthmus.domain.fault.FaultCode;
import io.isthmus.domain.fault.FederationFault;
import io.isthmus.domain.language.Phrase;
import io.isthmus.domain.tenant.TenantService;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Event;
import jakarta.inject.Inject;
import jakarta.transaction.Transactional;
import java.time.Clock;
import java.time.temporal.ChronoUnit;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.function.Consumer;

/**
 * A project's people ask for a larger quota of their project or tenant; administrators of the
 * federation approve, which sets it, or deny.
 */
@ApplicationScoped
public class QuotaRequests {

  /** Most characters of a reason or an answer. */
  public static final int LONGEST_WORDS = 1000;

  /** Most requests in one answer. */
  public static final int MOST = 500;

  private QuotaRequestStore store;
  private QuotaService quotas;
  private TenantService tenants;
  private Consumer<QuotaRequestChanged> changes;
  private Clock clock;

  @Inject
  QuotaRequests(
      QuotaRequestStore store,
      QuotaService quotas,
      TenantService tenants,
      Event<QuotaRequestChanged> changes) {
    this(store, quotas, tenants, changes::fire, Clock.systemUTC());
  }

  QuotaRequests(
      QuotaRequestStore store,
      QuotaService quotas,
      TenantService tenants,
      Consumer<QuotaRequestChanged> changes,
      Clock clock) {
    this.store = store;
    this.quotas = quotas;
    this.tenants = tenants;
    this.changes = changes;
    this.clock = clock;
  }

  /** For the container's proxies. */
  protected QuotaRequests() {}

  /**
   * Asks for more.
   *
   * @param of which quota is to be larger
   * @param wanted limits by kind, −1 for none; each more than what that quota allows
   * @param reason why, 1 to {@link #LONGEST_WORDS} characters
   * @throws FederationFault NOT_FOUND and FORBIDDEN as {@link TenantService#requireMember};
   *     REQUEST_INVALID; CONFLICT when one for the same part of the federation is open
   */
  @Audited(action = "create", target = "quota-request")
  @Transactional
  public QuotaRequest ask(
      ProjectId project,
      Allowance.Of of,
      Extent extent,
      Map<LimitKind, Long> wanted,
      String reason,
      Caller caller) {
    tenants.requireMember(caller, project);
    quotas.requireKnown(extent);
    QuotaRequest request =
        new QuotaRequest(
            UUID.randomUUID(),
            project,
            of,
            extent,
            wanted,
            words("reason", reason, 1),
            caller.name(),
            clock.instant().truncatedTo(ChronoUnit.MICROS),
            QuotaRequest.State.OPEN,
            Optional.empty());
    requireMore(quotas.current(request.holder(), extent), wanted);
    if (!store.add(request)) {
      throw new FederationFault(
          FaultCode.CONFLICT, Phrase.of("quota.request-open", project, extent.text()));
    }
    changes.accept(new QuotaRequestChanged(request));
    return request;
  }

  /**
   * A project's requests, open ones first, then the newest; {@link #MOST} of them.
   *
   * @throws FederationFault NOT_FOUND when the project is not one of the caller's
   */
  @Audited(action = "read/list", target = "quota-request")
  @Transactional
  public List<QuotaRequest> of(
      ProjectId project, Optional<QuotaRequest.State> state, Caller caller) {
    tenants.requireReader(caller, project);
    return store.find(Optional.of(project), state, MOST);
  }

  /**
   * Those of all projects, open ones first, then the newest; {@link #MOST} of them.
   *
   * @throws FederationFault FORBIDDEN for who does not administer the federation
   */
  @Audited(action = "read/list", target = "quota-request")
  @Transactional
  public List<QuotaRequest> list(Optional<QuotaRequest.State> state, Caller caller) {
    caller.requireFederationAdmin();
    return store.find(Optional.empty(), state, MOST);
  }

  /**
   * @throws FederationFault NOT_FOUND when there is none, or it is of a project that is not one of
   *     the caller's, who does not administer the federation either
   */
  @Audited(action = "read", target = "quota-request")
  @Transactional
  public QuotaRequest find(@AuditedId UUID id, Caller caller) {
    QuotaRequest request = require(id);
    if (!caller.isFederationAdmin() && !tenants.isReader(caller, request.project())) {
      throw missing(id);
    }
    return request;
  }

  /**
   * Allows it, and sets the quota. A quota that limits nothing then is taken away, and none is made
   * where it was taken away since.
   *
   * @param granted limits by kind that may differ from what was wanted; empty to grant just that,
   *     or what is allowed since where that is more
   * @throws FederationFault FORBIDDEN; NOT_FOUND; REQUEST_INVALID; CONFLICT when it is not open;
   *     STALE_VERSION when the quota was changed at the same moment
   */
  @Audited(action = "update/approve", target = "quota-request")
  @Transactional
  public QuotaRequest approve(
      @AuditedId UUID id, Map<LimitKind, Long> granted, String answer, Caller caller) {
    caller.requireFederationAdmin();
    QuotaRequest request = require(id);
    AuditedRequest.onBehalfOf(request.project());
    granted.forEach(QuotaService::requireAmount);
    Quota before = quotas.current(request.holder(), request.extent());
    Map<LimitKind, Long> given = granted.isEmpty() ? stillMore(before, request) : granted;
    QuotaRequest decided = decide(request, QuotaRequest.State.APPROVED, given, answer, caller);
    Map<LimitKind, Long> maxima = new EnumMap<>(LimitKind.class);
    maxima.putAll(before.maxima());
    maxima.putAll(given);
    maxima.values().removeIf(maximum -> maximum < 0);
    if (!maxima.isEmpty()) {
      quotas.set(request.holder(), request.extent(), maxima, before.version(), caller);
    } else if (before.version() > 0) {
      quotas.remove(request.holder(), request.extent(), before.version(), caller);
    }
    return decided;
  }

  /** What was asked for, where no more than that was given since. */
  private static Map<LimitKind, Long> stillMore(Quota now, QuotaRequest request) {
    Map<LimitKind, Long> more = new EnumMap<>(LimitKind.class);
    request
        .wanted()
        .forEach(
            (kind, wanted) -> {
              long may = now.maxima().getOrDefault(kind, -1L);
              more.put(kind, may < 0 || wanted < 0 ? -1L : Math.max(may, wanted));
            });
    return more;
  }

  /**
   * Refuses it.
   *
   * @param answer why, 1 to {@link #LONGEST_WORDS} characters
   * @throws FederationFault FORBIDDEN; NOT_FOUND; REQUEST_INVALID; CONFLICT when it is not open
   */
  @Audited(action = "update/deny", target = "quota-request")
  @Transactional
  public QuotaRequest deny(@AuditedId UUID id, String answer, Caller caller) {
    caller.requireFederationAdmin();
    QuotaRequest request = require(id);
    AuditedRequest.onBehalfOf(request.project());
    words("answer", answer, 1);
    return decide(request, QuotaRequest.State.DENIED, Map.of(), answer, caller);
  }

  /**
   * Takes it back.
   *
   * @throws FederationFault NOT_FOUND; FORBIDDEN; CONFLICT when it is not open
   */
  @Audited(action = "update/withdraw", target = "quota-request")
  @Transactional
  public QuotaRequest withdraw(@AuditedId UUID id, Caller caller) {
    QuotaRequest request = find(id, caller);
    tenants.requireMember(caller, request.project());
    return decide(request, QuotaRequest.State.WITHDRAWN, Map.of(), "", caller);
  }

  private QuotaRequest decide(
      QuotaRequest request,
      QuotaRequest.State state,
      Map<LimitKind, Long> granted,
      String answer,
      Caller caller) {
    QuotaRequest decided =
        request.decided(
            state,
            new QuotaRequest.Decision(
                caller.name(),
                clock.instant().truncatedTo(ChronoUnit.MICROS),
                words("answer", answer, 0),
                granted));
    if (!store.decide(decided)) {
      QuotaRequest now = require(request.id());
      throw new FederationFault(
          FaultCode.CONFLICT,
          Phrase.of(
              "quota.request-decided",
              now.decision().map(QuotaRequest.Decision::by).orElse(""),
              Phrase.of("quota.request-state." + now.state().text())));
    }
    changes.accept(new QuotaRequestChanged(decided));
    return decided;
  }

  private QuotaRequest require(UUID id) {
    return store.find(id).orElseThrow(() -> missing(id));
  }

  private static FederationFault missing(UUID id) {
    return FederationFault.notFound("quota request", id.toString());
  }

  private static void requireMore(Quota now, Map<LimitKind, Long> wanted) {
    if (wanted.isEmpty()) {
      throw FederationFault.invalid("limits", Phrase.of("quota.request-empty"));
    }
    wanted.forEach(
        (kind, amount) -> {
          QuotaService.requireAmount(kind, amount);
          long may = now.maxima().getOrDefault(kind, -1L);
          if (may < 0 || amount >= 0 && amount <= may) {
            throw FederationFault.invalid(
                "limits." + kind.text(),
                may < 0
                    ? Phrase.of("quota.request-unlimited", LimitKind.names(List.of(kind)))
                    : Phrase.of(
                        "quota.request-not-more",
                        LimitKind.names(List.of(kind)),
                        Phrase.number(amount),
                        Phrase.number(may)));
          }
        });
  }

  private static String words(String field, String text, int least) {
    String stripped = text == null ? "" : text.strip();
    if (stripped.length() < least
        || stripped.length() > LONGEST_WORDS
        || stripped.indexOf(0) >= 0) {
      throw FederationFault.invalid(
          field, Phrase.of("quota.request-words", field, least, Integer.toString(LONGEST_WORDS)));
    }
    return stripped;
  }
}
