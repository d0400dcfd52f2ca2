package io.isthmus.domain.webhook;

import io.isthmus.domain.access.Caller;
import io.isthmus.domain.access.ProjectId;
import io.isthmus.domain.audit.AuditSubject;
import io.isthmus.domain.audit.Audited;
import io.isthmus.domain.audit.AuditedId;
import io.isthmus.domain.cloud.AddressGuard;
import io.isthmus.domain.fault.FaultCode;
import io.isthmus.domain.fault.FederationFault;
import io.isthmus.domain.language.Phrase;
import io.isthmus.domain.tenant.TenantService;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import jakarta.transaction.Transactional;
import java.net.URI;
import java.net.URISyntaxException;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.EnumSet;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.stream.Collectors;

/**
 * The webhooks of projects, and those of the federation's administrators. A project's people see
 * its webhooks, its members change them; to all others they look like missing ones. Nothing is sent
 * here: {@link WebhookPass} does.
 */
@ApplicationScoped
public class Webhooks {

  /** Most of one project, and of the federation. */
  public static final int MOST = 20;

  /** Longest address, in characters. */
  public static final int LONGEST_ADDRESS = 2_000;

  /** So long a secret that was replaced signs too. */
  public static final Duration FORMER_SIGNS = Duration.ofHours(24);

  private static final String TARGET = "webhook";

  private WebhookStore store;
  private TenantService tenants;
  private WebhookSettings settings;
  private Clock clock;

  @Inject
  Webhooks(WebhookStore store, TenantService tenants, WebhookSettings settings) {
    this(store, tenants, settings, Clock.systemUTC());
  }

  Webhooks(WebhookStore store, TenantService tenants, WebhookSettings settings, Clock clock) {
    this.store = store;
    this.tenants = tenants;
    this.settings = settings;
    this.clock = clock;
  }

  /** For the container's proxies. */
  protected Webhooks() {}

  /**
   * A webhook with its secret, which is told this once.
   *
   * @param secret {@code whsec_} and Base64
   */
  public record Told(Webhook webhook, WebhookSecret secret) implements AuditSubject {
    @Override
    public String auditId() {
      return webhook.auditId();
    }
  }

  /**
   * All of a project, or of the federation, oldest first.
   *
   * @param project empty for the federation's
   * @throws FederationFault NOT_FOUND when the project is not one of the caller's; FORBIDDEN for
   *     the federation's, for who does not administer it
   */
  @Audited(action = "read/list", target = TARGET)
  @Transactional
  public List<Webhook> list(Optional<ProjectId> project, Caller caller) {
    if (project.isPresent()) {
      tenants.requireReader(caller, project.get());
    } else {
      caller.requireFederationAdmin();
    }
    return store.list(project);
  }

  /**
   * Those of the federation that have paused by themselves, for pages that draw themselves anew,
   * which is no reading of its own: no project's people are told of them in the bell.
   *
   * @return none for who does not administer the federation
   */
  @Transactional
  public List<Webhook> stalled(Caller caller) {
    if (!caller.isFederationAdmin()) {
      return List.of();
    }
    return store.list(Optional.empty()).stream()
        .filter(one -> one.status() == Webhook.Status.PAUSED)
        .filter(one -> one.pausedBecause().isPresent())
        .toList();
  }

  /**
   * @throws FederationFault NOT_FOUND
   */
  @Audited(action = "read", target = TARGET)
  @Transactional
  public Webhook find(@AuditedId UUID id, Caller caller) {
    return visible(id, caller);
  }

  /**
   * Begins to tell of what happens from now on.
   *
   * @param project empty for the federation's clouds
   * @param address of https, or of http where the operators let it; with no user and no fragment,
   *     leading to where messages may be sent, at most {@link #LONGEST_ADDRESS} characters
   * @param kinds as {@link WebhookKind#text()}; none for all that there are
   * @param secret {@code whsec_} and 24 to 64 bytes in Base64; empty to have one made
   * @throws FederationFault REQUEST_INVALID; QUOTA_EXCEEDED when there are {@link #MOST} already;
   *     NOT_FOUND and FORBIDDEN as {@link TenantService#requireMember}; FORBIDDEN for the
   *     federation's, for who does not administer it
   */
  @Audited(action = "create", target = TARGET)
  @Transactional
  public Told add(
      Optional<ProjectId> project,
      String address,
      Set<String> kinds,
      Optional<String> secret,
      Caller caller) {
    if (project.isPresent()) {
      tenants.requireMember(caller, project.get());
    } else {
      caller.requireFederationAdmin();
    }
    Set<WebhookKind> wanted = kinds(kinds, offered(project));
    WebhookSecret signing = secret.map(WebhookSecret::parse).orElseGet(WebhookSecret::generate);
    Webhook webhook =
        new Webhook(
            UUID.randomUUID(),
            project,
            address(address.strip()),
            wanted,
            Webhook.Status.ACTIVE,
            Optional.empty(),
            Optional.empty(),
            caller.name(),
            now(),
            0,
            Optional.empty());
    if (!store.add(webhook, signing, MOST)) {
      throw new FederationFault(
          FaultCode.QUOTA_EXCEEDED,
          Phrase.of(
              "webhook.too-many",
              project.<Object>map(ProjectId::toString).orElseGet(() -> Phrase.of("webhook.all")),
              MOST));
    }
    return new Told(webhook, signing);
  }

  /** What webhooks of a project, or of the federation, may tell of. */
  public static Set<WebhookKind> offered(Optional<ProjectId> project) {
    return project.isPresent()
        ? EnumSet.allOf(WebhookKind.class)
        : EnumSet.of(WebhookKind.CLOUD_HEALTH);
  }

  private static Set<WebhookKind> kinds(Set<String> texts, Set<WebhookKind> offered) {
    Set<WebhookKind> found = EnumSet.noneOf(WebhookKind.class);
    for (String text : texts) {
      found.add(
          WebhookKind.find(text)
              .filter(offered::contains)
              .orElseThrow(
                  () ->
                      FederationFault.invalid(
                          "kinds",
                          Phrase.of("webhook.kind-unknown", text),
                          Phrase.of(
                              "webhook.kinds",
                              offered.stream()
                                  .map(WebhookKind::text)
                                  .collect(Collectors.joining(", "))))));
    }
    return found.isEmpty() ? offered : found;
  }

  private URI address(String text) {
    URI address;
    try {
      address = new URI(text);
    } catch (URISyntaxException e) {
      throw unusable(text);
    }
    String scheme = Optional.ofNullable(address.getScheme()).orElse("").toLowerCase(Locale.ROOT);
    boolean isPlain = scheme.equals("http");
    if (text.length() > LONGEST_ADDRESS
        || address.getHost() == null
        || !isPlain && !scheme.equals("https")
        || address.getRawUserInfo() != null
        || address.getRawFragment() != null) {
      throw unusable(text);
    }
    if (isPlain && !settings.allowsPlain()) {
      throw FederationFault.invalid(
          "address", Phrase.of("webhook.address-plain", Webhook.shown(address)));
    }
    AddressGuard.Lead lead = settings.guard().lead(address);
    if (lead != AddressGuard.Lead.OPEN) {
      throw FederationFault.invalid(
          "address",
          Phrase.of(
              lead == AddressGuard.Lead.UNKNOWN
                  ? "webhook.address-unresolved"
                  : "webhook.address-guarded",
              address.getHost()));
    }
    return address;
  }

  /** Not repeated where it may hold what lets one in. */
  private static FederationFault unusable(String text) {
    boolean isSafe = text.length() <= LONGEST_ADDRESS && text.indexOf('@') < 0;
    String shown = isSafe ? text.split("[?#]", 2)[0] : "…";
    return FederationFault.invalid(
        "address",
        Phrase.of("webhook.address-invalid", shown),
        Phrase.of("webhook.address-remedy", LONGEST_ADDRESS));
  }

  /**
   * Tells nothing any more; what is in its queue and its log is forgotten.
   *
   * @throws FederationFault NOT_FOUND; FORBIDDEN
   */
  @Audited(action = "delete", target = TARGET)
  @Transactional
  public void remove(@AuditedId UUID id, Caller caller) {
    changeable(id, caller);
    store.remove(id);
  }

  /**
   * Sends nothing more; what happens meanwhile waits. Safe to repeat.
   *
   * @throws FederationFault NOT_FOUND; FORBIDDEN
   */
  @Audited(action = "update/pause", target = TARGET)
  @Transactional
  public Webhook pause(@AuditedId UUID id, Caller caller) {
    changeable(id, caller);
    store.pause(id, now());
    return visible(id, caller);
  }

  /**
   * Goes on where it stood, at once. Safe to repeat.
   *
   * @throws FederationFault NOT_FOUND; FORBIDDEN
   */
  @Audited(action = "update/resume", target = TARGET)
  @Transactional
  public Webhook resume(@AuditedId UUID id, Caller caller) {
    changeable(id, caller);
    store.resume(id, now());
    return visible(id, caller);
  }

  /**
   * Gives it another secret; for {@link #FORMER_SIGNS} both sign.
   *
   * @param secret as in {@link #add}
   * @throws FederationFault REQUEST_INVALID; NOT_FOUND; FORBIDDEN
   */
  @Audited(action = "update/secret", target = TARGET)
  @Transactional
  public Told rotate(@AuditedId UUID id, Optional<String> secret, Caller caller) {
    changeable(id, caller);
    WebhookSecret signing = secret.map(WebhookSecret::parse).orElseGet(WebhookSecret::generate);
    store.rotate(id, signing, now().plus(FORMER_SIGNS));
    return new Told(visible(id, caller), signing);
  }

  /**
   * Has a message sent that says that it is a test, once and before all others, also while the
   * webhook is paused.
   *
   * @return the message, before it is sent
   * @throws FederationFault NOT_FOUND; FORBIDDEN
   */
  @Audited(action = "update/test", target = TARGET)
  @Transactional
  public Delivery test(@AuditedId UUID id, Caller caller) {
    changeable(id, caller);
    Story story = Story.test(id, caller.name(), now());
    store.addByHand(id, story, now());
    return store.delivery(id, story.message()).orElseThrow(() -> missing(id));
  }

  /**
   * Its messages, the newest first; of those that are done the last 200 are known.
   *
   * @param limit most of them, at least 1
   * @throws FederationFault NOT_FOUND
   */
  @Audited(action = "read/list", target = "webhook-delivery")
  @Transactional
  public List<Delivery> deliveries(@AuditedId UUID id, int limit, Caller caller) {
    visible(id, caller);
    return store.deliveries(id, limit);
  }

  /**
   * Has a message that is done sent once more, with the same id and the same bytes, before all
   * others.
   *
   * @throws FederationFault NOT_FOUND; FORBIDDEN; CONFLICT when it is on its way still
   */
  @Audited(action = "update/redeliver", target = TARGET)
  @Transactional
  public Delivery redeliver(@AuditedId UUID id, String message, Caller caller) {
    changeable(id, caller);
    Delivery known =
        store.delivery(id, message).orElseThrow(() -> FederationFault.notFound("message", message));
    if (!store.redeliver(id, message, now())) {
      throw new FederationFault(FaultCode.CONFLICT, Phrase.of("webhook.not-done", known.message()));
    }
    return store.delivery(id, message).orElse(known);
  }

  /** Whether the caller may change webhooks of a project, or of the federation. */
  public boolean mayChange(Optional<ProjectId> project, Caller caller) {
    return project.map(one -> tenants.isMember(caller, one)).orElseGet(caller::isFederationAdmin);
  }

  private Webhook visible(UUID id, Caller caller) {
    Webhook webhook = store.find(id).orElseThrow(() -> missing(id));
    boolean isVisible =
        webhook
            .project()
            .map(project -> tenants.isReader(caller, project))
            .orElseGet(caller::isFederationAdmin);
    if (!isVisible) {
      throw missing(id);
    }
    webhook.project().ifPresent(project -> tenants.requireReader(caller, project));
    return webhook;
  }

  private void changeable(UUID id, Caller caller) {
    visible(id, caller).project().ifPresent(project -> tenants.requireMember(caller, project));
  }

  private static FederationFault missing(UUID id) {
    return FederationFault.notFound("webhook", id.toString());
  }

  private Instant now() {
    return clock.instant().truncatedTo(ChronoUnit.MICROS);
  }
}
