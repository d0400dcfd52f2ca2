package io.isthmus.domain.cloud;

import static io.isthmus.domain.cloud.Samples.ACME;
import static io.isthmus.domain.cloud.Samples.BHS;
import static io.isthmus.domain.cloud.Samples.GRA;
import static io.isthmus.domain.cloud.Samples.draft;
import static org.assertj.core.api.Assertions.assertThat;

import io.isthmus.domain.encryption.SecretBox;
import io.isthmus.domain.fault.FaultCode;
import io.isthmus.domain.fault.FederationFault;
import io.isthmus.domain.language.Phrase;
import io.isthmus.domain.start.TestDatabase;
import io.isthmus.domain.tenant.JpaTenantStoreAccess;
import io.isthmus.domain.work.Spread;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class InventoryRefresherTest {

  /** Does for each cloud what the test says. */
  private static final class ScriptedDriver implements InventoryDriver {
    final Map<CloudId, java.util.function.Supplier<CloudInventory>> answers =
        new ConcurrentHashMap<>();

    @Override
    public CloudInventory fetch(CloudConnection connection, boolean afresh) {
      return answers.get(connection.cloud()).get();
    }

    @Override
    public List<ConnectionCheck> test(CloudConnection connection, Consumer<ConnectionCheck> told) {
      return List.of();
    }

    @Override
    public String projectOf(CloudConnection connection) {
      throw new AssertionError("nobody asked for the project");
    }
  }

  private static final class MovableClock extends Clock {
    volatile Instant now = Instant.parse("2026-11-25T03:00:00Z");

    @Override
    public Instant instant() {
      return now;
    }

    @Override
    public ZoneId getZone() {
      return ZoneOffset.UTC;
    }

    @Override
    public Clock withZone(ZoneId zone) {
      return this;
    }
  }

  private final ScriptedDriver driver = new ScriptedDriver();
  private final MovableClock clock = new MovableClock();
  private final BlockingQueue<CloudHealthChanged> changes = new LinkedBlockingQueue<>();
  private final ExecutorService executor = Executors.newCachedThreadPool();
  private static TestDatabase database;
  private CloudStore store;
  private RegistryFederation federation;
  private InventoryRefresher refresher;

  @BeforeAll
  static void start() {
    database = TestDatabase.create();
  }

  @BeforeEach
  void open() {
    database.clear();
    database.execute("truncate state_change, state_stream");
    JpaTenantStoreAccess.over(database).ensure(ACME);
    SecretBox box = new SecretBox(List.of(new byte[32]));
    store =
        database.transactional(
            CloudStore.class,
            em -> new JpaCloudStore(em, box, JpaTenantStoreAccess.over(em), new NoPrices()));
    CloudLooks looks = new CloudLooks(database.dataSource());
    federation =
        new RegistryFederation(
            store,
            looks,
            new NoReservations(),
            (project, members) -> List.of(),
            new NoPrices(),
            () -> List.of());
    refresher =
        new InventoryRefresher(
            looks,
            federation,
            () -> driver,
            changes::add,
            new RefreshSettings(
                Duration.ofMinutes(10), Duration.ofMinutes(10), Duration.ofSeconds(45), 16),
            clock,
            executor,
            Spread::atOnce);
    store.add(List.of(draft(GRA, ACME, "x")));
    store.add(List.of(draft(BHS, ACME, "x")));
  }

  @AfterEach
  void close() {
    refresher.stop();
    executor.shutdownNow();
  }

  @AfterAll
  static void end() {
    database.close();
  }

  @Test
  void aDarkCloudDelaysNoOtherAndIsGivenUpAtItsDeadline() throws Exception {
    CountDownLatch never = new CountDownLatch(1);
    driver.answers.put(
        GRA,
        () -> {
          try {
            never.await();
          } catch (InterruptedException e) {
            throw new IllegalStateException(e);
          }
          return Samples.inventory(Optional.empty());
        });
    driver.answers.put(BHS, () -> Samples.inventory(Optional.empty()));

    refresher.wake();
    CloudHealthChanged first = next();
    assertThat(first.cloud()).isEqualTo(BHS);
    assertThat(first.after().state()).isEqualTo(CloudHealth.State.REACHABLE);
    assertThat(federation.snapshot(ACME).find(BHS).orElseThrow().inventory()).isPresent();

    clock.now = clock.now.plusSeconds(46);
    refresher.wake();
    CloudHealthChanged second = next();
    assertThat(second.cloud()).isEqualTo(GRA);
    assertThat(second.after().state()).isEqualTo(CloudHealth.State.UNREACHABLE);
    assertThat(second.after().reason().map(Phrase::toString).orElseThrow())
        .isEqualTo("The cloud “gra” did not tell what it has within 45 seconds.");
    assertThat(changes).isEmpty();
    assertThat(kept("acme/demo"))
        .containsExactly("1 bhs UNKNOWN REACHABLE", "2 gra UNKNOWN UNREACHABLE");
    assertThat(kept("federation")).isEqualTo(kept("acme/demo"));
  }

  /** What who is told by webhooks is told of. */
  private static List<String> kept(String stream) throws SQLException {
    try (Connection connection = database.dataSource().getConnection();
        PreparedStatement select =
            connection.prepareStatement(
                "select position, cloud, before, after from state_change where stream = ?"
                    + " order by position")) {
      select.setString(1, stream);
      List<String> found = new ArrayList<>();
      try (ResultSet row = select.executeQuery()) {
        while (row.next()) {
          found.add(
              String.join(
                  " ", row.getString(1), row.getString(2), row.getString(3), row.getString(4)));
        }
      }
      return found;
    }
  }

  @Test
  void whatTheDriverSaysIsKeptAsTheReason() throws Exception {
    driver.answers.put(
        GRA,
        () -> {
          throw new FederationFault(
              FaultCode.CLOUD_CREDENTIAL_REJECTED, Phrase.verbatim("gra: POST /v3/auth: 401"));
        });
    driver.answers.put(
        BHS,
        () -> {
          throw new IllegalStateException("a defect");
        });
    refresher.wake();
    next();
    next();
    CloudHealth refused = federation.snapshot(ACME).find(GRA).orElseThrow().health();
    assertThat(refused.state()).isEqualTo(CloudHealth.State.UNREACHABLE);
    assertThat(refused.seenAt()).isPresent();
    assertThat(refused.reason().map(Phrase::toString)).contains("gra: POST /v3/auth: 401");
    CloudHealth defect = federation.snapshot(ACME).find(BHS).orElseThrow().health();
    assertThat(defect.seenAt()).isEmpty();
    assertThat(defect.reason().map(Phrase::toString).orElseThrow()).contains("a defect");
  }

  @Test
  void nothingIsLookedAtBeforeItIsDue() throws Exception {
    driver.answers.put(GRA, () -> Samples.inventory(Optional.empty()));
    driver.answers.put(BHS, () -> Samples.inventory(Optional.empty()));
    refresher.wake();
    next();
    next();
    driver.answers.clear();
    refresher.wake();
    assertThat(changes).isEmpty();
  }

  private CloudHealthChanged next() throws InterruptedException {
    CloudHealthChanged change = changes.poll(30, TimeUnit.SECONDS);
    assertThat(change).as("a change of health within 30 seconds").isNotNull();
    return change;
  }
}
