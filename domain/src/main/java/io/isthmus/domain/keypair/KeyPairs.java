package io.isthmus.domain.keypair;

import io.isthmus.domain.access.Caller;
import io.isthmus.domain.access.ProjectId;
import io.isthmus.domain.audit.Audited;
import io.isthmus.domain.audit.AuditedId;
import io.isthmus.domain.fault.FaultCode;
import io.isthmus.domain.fault.FederationFault;
import io.isthmus.domain.fault.Violation;
import io.isthmus.domain.language.Phrase;
import io.isthmus.domain.tenant.TenantService;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import jakarta.transaction.Transactional;
import java.time.Clock;
import java.time.temporal.ChronoUnit;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;

/**
 * The key pairs of projects. Only public keys are known: none is generated here, so that no private
 * key is ever on its way. Another tenant's look like missing ones.
 */
@ApplicationScoped
public class KeyPairs implements KnownKeys {

  /** Most that one project keeps. */
  public static final int MOST = 100;

  /**
   * What Nova takes as a name; two dots alone would be a step in an address.
   *
   * @see "openstack/nova nova/api/validation/parameter_types.py, keypair_name_special_chars_292"
   */
  private static final Pattern NAME =
      Pattern.compile("(?!\\.{1,2}$)[A-Za-z0-9_.@-]([A-Za-z0-9 _.@-]{0,253}[A-Za-z0-9_.@-])?");

  private KeyPairStore store;
  private KeyPairUses uses;
  private TenantService tenants;
  private Clock clock;

  @Inject
  KeyPairs(KeyPairStore store, KeyPairUses uses, TenantService tenants) {
    this(store, uses, tenants, Clock.systemUTC());
  }

  KeyPairs(KeyPairStore store, KeyPairUses uses, TenantService tenants, Clock clock) {
    this.store = store;
    this.uses = uses;
    this.tenants = tenants;
    this.clock = clock;
  }

  /** For the container's proxies. */
  protected KeyPairs() {}

  /**
   * A key pair with what uses it.
   *
   * @param stacks names of the stacks that were made with this very key under this name
   */
  public record Kept(KeyPair pair, List<String> stacks) {

    public Kept {
      stacks = List.copyOf(stacks);
    }
  }

  /**
   * All of a project, at most {@link #MOST}, by name.
   *
   * @throws FederationFault NOT_FOUND when the project is not one of the caller's
   */
  @Audited(action = "read/list", target = "keypair")
  @Transactional
  public List<Kept> list(ProjectId project, Caller caller) {
    tenants.requireReader(caller, project);
    List<KeyPairUses.Use> used = uses.of(project);
    return store.list(project).stream().map(pair -> kept(pair, used)).toList();
  }

  /**
   * @throws FederationFault NOT_FOUND
   */
  @Audited(action = "read", target = "keypair")
  @Transactional
  public Kept find(ProjectId project, @AuditedId String name, Caller caller) {
    tenants.requireReader(caller, project);
    return kept(require(project, name), uses.of(project));
  }

  /**
   * Keeps a public key.
   *
   * @param name 1 to 255 letters and digits of ASCII, spaces and {@code _ - @ .}; no space at its
   *     ends
   * @param publicKey as {@link PublicKey#parse} reads it
   * @throws FederationFault REQUEST_INVALID; NAME_TAKEN; QUOTA_EXCEEDED when the project keeps
   *     {@link #MOST} already; NOT_FOUND and FORBIDDEN as {@link TenantService#requireMember}
   */
  @Audited(action = "create", target = "keypair")
  @Transactional
  public KeyPair add(ProjectId project, String name, String publicKey, Caller caller) {
    tenants.requireMember(caller, project);
    requireName(name);
    KeyPair pair =
        new KeyPair(
            project,
            name,
            PublicKey.parse(publicKey),
            caller.name(),
            clock.instant().truncatedTo(ChronoUnit.MICROS));
    if (store.count(project) >= MOST) {
      throw new FederationFault(
          FaultCode.QUOTA_EXCEEDED, Phrase.of("keypair.too-many", project, MOST));
    }
    if (!store.add(pair)) {
      Phrase taken = Phrase.of("keypair.name-taken", name);
      throw new FederationFault(FaultCode.NAME_TAKEN, taken, List.of(Violation.at("name", taken)));
    }
    return pair;
  }

  private static void requireName(String name) {
    if (!NAME.matcher(name).matches()) {
      // What was pasted into the wrong field may be long, or a secret.
      Phrase message =
          name.length() > 255 || name.contains("PRIVATE KEY")
              ? Phrase.of("keypair.name-not-shown")
              : Phrase.of("keypair.name-invalid", name);
      throw new FederationFault(
          FaultCode.REQUEST_INVALID,
          message,
          List.of(Violation.at("name", message, Phrase.of("keypair.name-remedy"))));
    }
  }

  /**
   * Forgets a key pair. Stacks that were made with it keep theirs.
   *
   * @throws FederationFault NOT_FOUND, FORBIDDEN
   */
  @Audited(action = "delete", target = "keypair")
  @Transactional
  public void remove(ProjectId project, @AuditedId String name, Caller caller) {
    tenants.requireMember(caller, project);
    if (!store.remove(project, name)) {
      throw missing(name);
    }
  }

  @Override
  public Map<String, String> of(ProjectId project) {
    Map<String, String> keys = new LinkedHashMap<>();
    store.list(project).forEach(pair -> keys.put(pair.name(), pair.key().text()));
    return keys;
  }

  private static Kept kept(KeyPair pair, List<KeyPairUses.Use> used) {
    return new Kept(
        pair,
        used.stream()
            .filter(use -> use.keyPair().equals(pair.name()))
            .filter(use -> PublicKey.parse(use.publicKey()).isSame(pair.key()))
            .map(KeyPairUses.Use::stack)
            .toList());
  }

  private KeyPair require(ProjectId project, String name) {
    return store.find(project, name).orElseThrow(() -> missing(name));
  }

  private static FederationFault missing(String name) {
    return FederationFault.notFound("key pair", name);
  }
}
