package io.isthmus.domain.cloud;

import io.isthmus.domain.access.ProjectId;
import io.isthmus.domain.encryption.SecretBox;
import io.isthmus.domain.encryption.UnreadableSecret;
import io.isthmus.domain.fault.FaultCode;
import io.isthmus.domain.fault.FederationFault;
import io.isthmus.domain.language.Phrase;
import io.isthmus.domain.tenant.TenantStore;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import jakarta.persistence.EntityManager;
import jakarta.persistence.LockModeType;
import jakarta.transaction.Transactional;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Comparator;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.function.Consumer;
import java.util.logging.Logger;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

/** The registry in the database, credentials sealed. */
@ApplicationScoped
@Transactional
public class JpaCloudStore implements CloudStore {

  private static final Logger LOG = Logger.getLogger(JpaCloudStore.class.getName());
  private static final int HUES = 8;

  private EntityManager entities;
  private SecretBox box;
  private TenantStore tenants;
  private PriceLists prices;

  /**
   * @param tenants kept in the same transaction
   * @param prices kept in the same transaction
   */
  @Inject
  JpaCloudStore(EntityManager entities, SecretBox box, TenantStore tenants, PriceLists prices) {
    this.entities = entities;
    this.box = box;
    this.tenants = tenants;
    this.prices = prices;
  }

  /** For the container's proxies. */
  protected JpaCloudStore() {}

  @Override
  public List<Cloud> clouds() {
    return stored().stream().map(StoredCloud::toCloud).toList();
  }

  @Override
  public Optional<Cloud> find(CloudId cloud) {
    return Optional.ofNullable(entities.find(StoredCloud.class, cloud.text()))
        .map(StoredCloud::toCloud);
  }

  @Override
  public List<CloudAccess> accesses() {
    return entities
        .createQuery("select a from StoredAccess a order by a.cloud, a.project", StoredAccess.class)
        .getResultStream()
        .map(
            access ->
                new CloudAccess(
                    access.project(), access.cloud(), access.regions(), signsInAs(access)))
        .toList();
  }

  private String signsInAs(StoredAccess access) {
    try {
      return CredentialJson.describe(credential(access));
    } catch (UnreadableSecret e) {
      LOG.warning(e.getMessage());
      return "?";
    }
  }

  @Override
  public Optional<CloudConnection> connection(ProjectId project, CloudId cloud) {
    StoredAccess access = access(project, cloud);
    if (access == null) {
      return Optional.empty();
    }
    Cloud member = require(cloud).toCloud();
    return Optional.of(
        new CloudConnection(
            cloud,
            project,
            member.authUrl(),
            member.endpointInterface(),
            access.regions(),
            member.caCertificates(),
            credential(access)));
  }

  @Override
  public void add(List<CloudDraft> drafts) {
    lock();
    drafts.forEach(this::add);
  }

  private void add(CloudDraft draft) {
    CloudConnection connection = draft.connection();
    if (access(connection.project(), draft.cloud()) != null) {
      throw new FederationFault(
          FaultCode.NAME_TAKEN,
          Phrase.of("cloud.access-taken", draft.cloud(), connection.project()));
    }
    StoredCloud cloud = entities.find(StoredCloud.class, draft.cloud().text());
    if (cloud == null) {
      create(draft);
    } else {
      requireSameAddress(cloud, connection);
    }
    saveAccess(connection);
  }

  @Override
  public boolean putAccess(CloudConnection connection) {
    lock();
    requireSameAddress(require(connection.cloud()), connection);
    boolean isNew = access(connection.project(), connection.cloud()) == null;
    saveAccess(connection);
    return isNew;
  }

  private static void requireSameAddress(StoredCloud cloud, CloudConnection connection) {
    if (!cloud.authUrl().equals(connection.authUrl())) {
      throw new FederationFault(
          FaultCode.CONFLICT,
          Phrase.of(
              "cloud.other-address", connection.cloud(), cloud.authUrl(), connection.authUrl()));
    }
  }

  @Override
  public void upsert(CloudDraft draft) {
    lock();
    StoredCloud cloud = entities.find(StoredCloud.class, draft.cloud().text());
    if (cloud == null) {
      cloud = create(draft);
    } else if (!cloud.wasImportedFrom(digest(draft))) {
      if (!cloud.authUrl().equals(draft.connection().authUrl())) {
        lookAnew(draft.cloud());
      }
      cloud.rename(draft.name());
      cloud.describe(draft.facts(), operator(draft.facts().operator()));
      cloud.reachThrough(draft.connection());
      draft.prices().ifPresent(told -> prices.declare(draft.cloud(), told));
    }
    cloud.importedFrom(digest(draft));
    saveAccess(draft.connection());
  }

  @Override
  public void change(CloudId cloud, CloudRevision revision) {
    lock();
    StoredCloud stored = require(cloud, revision.version());
    revision.name().ifPresent(stored::rename);
    revision.facts().ifPresent(facts -> describe(stored, facts));
    revision.enabled().ifPresent(stored::enable);
  }

  private void describe(StoredCloud cloud, CloudFacts facts) {
    cloud.describe(facts, operator(facts.operator()));
    // What is known of the operator has a row of its own, and is read with the cloud all the same.
    entities.lock(cloud, LockModeType.OPTIMISTIC_FORCE_INCREMENT);
  }

  @Override
  public void remove(CloudId cloud, OptionalLong version, Runnable check) {
    lock();
    StoredCloud stored = require(cloud, version);
    entities
        .createQuery("select a from StoredAccess a where a.cloud = :cloud", StoredAccess.class)
        .setParameter("cloud", cloud.text())
        .setLockMode(LockModeType.PESSIMISTIC_WRITE)
        .getResultList();
    check.run();
    entities.remove(stored);
  }

  @Override
  public void removeAccess(ProjectId project, CloudId cloud, Runnable check) {
    lock();
    StoredAccess access =
        entities.find(
            StoredAccess.class,
            new StoredAccess.Key(project, cloud),
            LockModeType.PESSIMISTIC_WRITE);
    if (access == null) {
      throw FederationFault.notFound("access", project + " → " + cloud);
    }
    check.run();
    entities.remove(access);
  }

  @Override
  public List<Equivalence> equivalences() {
    return entities
        .createQuery(
            "select e from StoredEquivalence e order by e.kind, e.name, e.cloud",
            StoredEquivalence.class)
        .getResultStream()
        .map(StoredEquivalence::toEquivalence)
        .toList();
  }

  @Override
  public void put(Equivalence equivalence, Consumer<Optional<Equivalence>> check) {
    // One after the other for each cloud: what is declared for the first time has no row to lock.
    lock(equivalence.cloud());
    check.accept(find(equivalence).map(StoredEquivalence::toEquivalence));
    entities.merge(new StoredEquivalence(equivalence));
  }

  @Override
  public void remove(Equivalence equivalence, Consumer<Equivalence> check) {
    StoredEquivalence stored =
        find(equivalence)
            .orElseThrow(
                () ->
                    FederationFault.notFound(
                        "equivalence", equivalence.name() + " → " + equivalence.cloud()));
    lock(equivalence.cloud());
    entities.refresh(stored);
    check.accept(stored.toEquivalence());
    entities.remove(stored);
  }

  private Optional<StoredEquivalence> find(Equivalence equivalence) {
    return Optional.ofNullable(
        entities.find(StoredEquivalence.class, new StoredEquivalence.Key(equivalence)));
  }

  private void lock(CloudId cloud) {
    entities.lock(require(cloud), LockModeType.PESSIMISTIC_WRITE);
  }

  private List<StoredCloud> stored() {
    return entities
        .createQuery("select c from StoredCloud c order by c.id", StoredCloud.class)
        .getResultList();
  }

  private StoredCloud require(CloudId cloud) {
    return Optional.ofNullable(entities.find(StoredCloud.class, cloud.text()))
        .orElseThrow(() -> FederationFault.notFound("cloud", cloud.text()));
  }

  private StoredCloud require(CloudId cloud, OptionalLong version) {
    StoredCloud stored = require(cloud);
    if (version.isPresent() && version.getAsLong() != stored.version()) {
      throw new FederationFault(
          FaultCode.STALE_VERSION, Phrase.of("cloud.changed-meanwhile", cloud));
    }
    return stored;
  }

  private StoredAccess access(ProjectId project, CloudId cloud) {
    return entities.find(StoredAccess.class, new StoredAccess.Key(project, cloud));
  }

  private Credential credential(StoredAccess access) {
    return CredentialJson.read(box.open(access.sealedCredential(), access.binding()));
  }

  private StoredCloud create(CloudDraft draft) {
    StoredCloud cloud = new StoredCloud(draft.cloud(), freeHue());
    cloud.rename(draft.name());
    cloud.describe(draft.facts(), operator(draft.facts().operator()));
    cloud.reachThrough(draft.connection());
    entities.persist(cloud);
    // Accesses refer to it by its id alone, so JPA would not know to write it first.
    entities.flush();
    draft.prices().ifPresent(told -> prices.declare(draft.cloud(), told));
    return cloud;
  }

  /** The least used one, so that neighbours on the map differ as long as they can. */
  private int freeHue() {
    Map<Integer, Long> used =
        stored().stream().collect(Collectors.groupingBy(StoredCloud::hue, Collectors.counting()));
    return IntStream.rangeClosed(1, HUES)
        .boxed()
        .min(Comparator.comparing(hue -> used.getOrDefault(hue, 0L)))
        .orElseThrow();
  }

  /** One operator may run several clouds; an entry that only names it changes nothing of it. */
  private StoredOperator operator(Operator operator) {
    StoredOperator stored = entities.find(StoredOperator.class, operator.id());
    if (stored == null) {
      stored = new StoredOperator(operator.id());
      stored.become(operator);
      entities.persist(stored);
    } else if (!isOnlyNamed(operator)) {
      stored.become(operator);
    }
    return stored;
  }

  private static boolean isOnlyNamed(Operator operator) {
    return operator.name().equals(operator.id())
        && operator.seat().isEmpty()
        && operator.exposedTo().isEmpty();
  }

  private void saveAccess(CloudConnection connection) {
    tenants.ensure(connection.project());
    // Accesses refer to it by its id alone, too.
    entities.flush();
    StoredAccess access = access(connection.project(), connection.cloud());
    if (access == null) {
      access = new StoredAccess(connection.project(), connection.cloud());
      seal(access, connection);
      entities.persist(access);
    } else if (!isSame(access, connection)) {
      seal(access, connection);
      lookAnew(connection);
    }
    entities.flush();
    entities
        .createNativeQuery(
            "insert into cloud_look (project, cloud) values (?1, ?2)"
                + " on conflict (project, cloud) do update set next_look_at = now(), afresh = true")
        .setParameter(1, connection.project().toString())
        .setParameter(2, connection.cloud().text())
        .executeUpdate();
  }

  /** What was told through the access before holds for its placement, not for what it may see. */
  private void lookAnew(CloudConnection connection) {
    entities
        .createNativeQuery(
            "update cloud_look set leads_anew = true, afresh = true, fence = fence + 1,"
                + " lease_until = null"
                + " where project = ?1 and cloud = ?2")
        .setParameter(1, connection.project().toString())
        .setParameter(2, connection.cloud().text())
        .executeUpdate();
  }

  /** Another address may be another cloud, in which every access leads elsewhere. */
  private void lookAnew(CloudId cloud) {
    entities
        .createNativeQuery(
            "update cloud_look set leads_anew = true, afresh = true, fence = fence + 1,"
                + " lease_until = null,"
                + " next_look_at = now() where cloud = ?1")
        .setParameter(1, cloud.text())
        .executeUpdate();
  }

  private void seal(StoredAccess access, CloudConnection connection) {
    String credential = CredentialJson.write(connection.credential());
    access.use(connection.regions(), box.seal(credential, access.binding()));
  }

  private boolean isSame(StoredAccess access, CloudConnection connection) {
    try {
      return !box.isOutdated(access.sealedCredential())
          && access.regions().equals(connection.regions().stream().sorted().toList())
          && credential(access).equals(connection.credential());
    } catch (UnreadableSecret e) {
      LOG.warning(e.getMessage() + "; it is replaced");
      return false;
    }
  }

  /** Whoever changes the registry does so one after the other, on any server. */
  private void lock() {
    entities
        .createNativeQuery("select 1 from (select pg_advisory_xact_lock(hashtext('cloud'))) l")
        .getSingleResult();
  }

  /** Of everything that belongs to the cloud and is no secret. */
  private static String digest(CloudDraft draft) {
    Operator operator = draft.facts().operator();
    CloudConnection connection = draft.connection();
    String text =
        String.join(
            "\n",
            draft.name(),
            FactsJson.write(draft.facts(), draft.prices()),
            operator.id(),
            operator.name(),
            operator.seat().orElse(""),
            operator.exposedTo().map(FactsJson::writeTexts).orElse(""),
            connection.authUrl().toString(),
            connection.endpointInterface(),
            connection.caCertificates().orElse(""));
    try {
      byte[] digest =
          MessageDigest.getInstance("SHA-256").digest(text.getBytes(StandardCharsets.UTF_8));
      return HexFormat.of().formatHex(digest);
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException(e);
    }
  }
}
