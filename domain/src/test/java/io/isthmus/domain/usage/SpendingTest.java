package io.isthmus.domain.usage;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import io.isthmus.domain.access.Caller;
import io.isthmus.domain.access.ProjectId;
import io.isthmus.domain.cloud.Cloud;
import io.isthmus.domain.cloud.CloudFacts;
import io.isthmus.domain.cloud.CloudId;
import io.isthmus.domain.cloud.Measure;
import io.isthmus.domain.cloud.Operator;
import io.isthmus.domain.cloud.Place;
import io.isthmus.domain.cloud.PriceItem;
import io.isthmus.domain.cloud.PriceList;
import io.isthmus.domain.cloud.RegionFacts;
import io.isthmus.domain.fault.FaultCode;
import io.isthmus.domain.fault.FederationFault;
import io.isthmus.domain.placement.PartId;
import io.isthmus.domain.placement.PlannedPart;
import io.isthmus.domain.start.TestDatabase;
import io.isthmus.domain.tenant.TenantService;
import io.isthmus.domain.tenant.TenantStores;
import java.math.BigDecimal;
import java.net.URI;
import java.time.Clock;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Price books, what is metered, reports and budgets, on a database. */
class SpendingTest {

  private static final ProjectId DEMO = ProjectId.parse("acme/demo");
  private static final ProjectId OTHER = ProjectId.parse("globex/demo");
  private static final Caller ADMIN =
      new Caller("0", "admin", Set.of(), Set.of(Caller.FEDERATION_ADMIN));
  private static final Caller ALICE = new Caller("a-1", "alice", Set.of("acme"), Set.of());
  private static final Caller BOB = new Caller("b-2", "bob", Set.of("globex"), Set.of());
  private static final Caller NOBODY = new Caller("n-3", "nobody", Set.of(), Set.of());
  private static final CloudId GRA = new CloudId("gra");
  private static final PriceItem SMALL = PriceItem.flavor("m1.small");
  private static final UUID SHOP = UUID.randomUUID();

  /** Ten days before the end of a month. */
  private static final Instant NOW = Instant.parse("2026-11-21T00:00:00Z");

  private final Map<CloudId, List<Measure>> awaited = new HashMap<>();
  private final List<BudgetReached> warnings = new ArrayList<>();
  private TestDatabase database;
  private PriceBooks books;
  private ExchangeRates rates;
  private Meter meter;
  private UsageService usage;
  private BudgetStore store;
  private Budgets budgets;
  private Spending spending;
  private BudgetWatch watch;

  @BeforeEach
  void open() {
    database = TestDatabase.create();
    Clock clock = Clock.fixed(NOW, ZoneOffset.UTC);
    TenantService tenants = TenantStores.withProjects(database, DEMO, OTHER);
    PriceBookStore bookStore = new PriceBookStore(database.dataSource());
    ExchangeRateStore rateStore = new ExchangeRateStore(database.dataSource());
    UsageStore usageStore = new UsageStore(database.dataSource());
    Tariffs tariffs = new Tariffs(bookStore, rateStore);
    books = new PriceBooks(bookStore, () -> List.of(cloud()), tenants, clock);
    rates = new ExchangeRates(rateStore);
    meter = new Meter(database.dataSource());
    usage = new UsageService(usageStore, tariffs, tenants, clock);
    store = new BudgetStore(database.dataSource());
    spending = new Spending(store, usageStore, tariffs, project -> awaited, clock);
    budgets = new Budgets(store, spending, tenants);
    watch = new BudgetWatch(store, spending, warnings::add);
  }

  @AfterEach
  void close() {
    database.close();
  }

  private static Cloud cloud() {
    return new Cloud(
        GRA,
        "Gravelines",
        1,
        true,
        new CloudFacts(
            Operator.unknown(GRA, "Gravelines"),
            new RegionFacts(Optional.of("FR"), Optional.empty()),
            Map.of(),
            List.of()),
        URI.create("https://keystone.example.org/v3"),
        "public",
        Optional.empty(),
        1);
  }

  private static FaultCode fault(ThrowingCallable call) {
    return catchThrowableOfType(FederationFault.class, call).code();
  }

  private static Price price(String amount, String currency) {
    return new Price(
        SMALL,
        new BigDecimal(amount),
        currency,
        Instant.parse("2026-01-01T00:00:00Z"),
        Optional.empty());
  }

  private static Price gibPrice(String currency) {
    return new Price(
        PriceItem.volume(""),
        new BigDecimal("7.3"),
        currency,
        Instant.parse("2026-01-01T00:00:00Z"),
        Optional.empty());
  }

  private void seen(String resource, boolean exists, Instant at) {
    meter.observe(
        List.of(
            new Observation(
                DEMO,
                SHOP,
                "shop",
                resource,
                Place.inRegion(GRA, "GRA-1"),
                1,
                new Measure(SMALL, 1),
                exists,
                at)));
  }

  private UsageReport report(Caller caller) {
    return usage.report(
        new UsageQuery(
            Optional.of("acme"),
            Optional.of("demo"),
            Instant.parse("2026-11-01T00:00:00Z"),
            Instant.parse("2026-12-01T00:00:00Z"),
            List.of(),
            Optional.of("EUR")),
        caller);
  }

  private static BudgetChange change(String amount, boolean hardStop) {
    return new BudgetChange(new BigDecimal(amount), "EUR", List.of(80, 50, 100), hardStop);
  }

  private static PlannedPart part(String type, Optional<Measure> measure) {
    return new PlannedPart(
        new PartId("new", GRA, "GRA-1"),
        type,
        Optional.empty(),
        List.of(),
        Set.of(),
        Map.of(),
        measure);
  }

  /** So many GiB, of which each costs a hundredth an hour. */
  private static List<PlannedPart> gib(long amount) {
    return List.of(
        part("OS::Cinder::Volume", Optional.of(new Measure(PriceItem.volume(""), amount))));
  }

  @Test
  void metersWhatExistedToTheSecondHoweverOftenItIsTold() {
    books.set(GRA, List.of(price("3.6", "EUR")), 0, ADMIN);
    Instant made = Instant.parse("2026-11-20T10:00:00.700Z");
    seen("web", true, made);
    seen("web", true, made.plusSeconds(60));
    seen("web", false, made.plusSeconds(100));
    seen("web", false, made.plusSeconds(200));

    assertThat(report(ALICE).total().costs()).containsEntry("EUR", new BigDecimal("0.100000"));
    // It was only missing for a while.
    seen("web", true, made.plusSeconds(300));
    seen("web", false, made.plusSeconds(400));
    assertThat(report(ALICE).total().costs()).containsEntry("EUR", new BigDecimal("0.200000"));
    assertThat(report(ALICE)).isEqualTo(report(ALICE));
  }

  @Test
  void whatExistsIsMeteredUntilNow() {
    books.set(GRA, List.of(price("1", "EUR"), gibPrice("EUR")), 0, ADMIN);
    seen("web", true, NOW.minusSeconds(7200));

    assertThat(report(ALICE).total().converted()).contains(new BigDecimal("2.000000"));
    assertThat(report(ALICE).asOf()).isEqualTo(NOW);
  }

  @Test
  void nobodySeesWhatOthersUseAndSpend() {
    seen("web", true, NOW.minusSeconds(7200));
    budgets.set(DEMO, change("10", false), 0, ADMIN);

    assertThat(fault(() -> report(BOB))).isEqualTo(FaultCode.NOT_FOUND);
    assertThat(fault(() -> budgets.find(DEMO, BOB))).isEqualTo(FaultCode.NOT_FOUND);
    assertThat(fault(() -> budgets.set(DEMO, change("1", true), 0, BOB)))
        .isEqualTo(FaultCode.NOT_FOUND);
    assertThat(fault(() -> budgets.set(DEMO, change("1", true), 0, ALICE)))
        .isEqualTo(FaultCode.FORBIDDEN);
    assertThat(budgets.list(BOB)).isEmpty();
    assertThat(budgets.list(ALICE)).hasSize(1);
    UsageQuery all =
        new UsageQuery(
            Optional.empty(),
            Optional.empty(),
            NOW.minusSeconds(9000),
            NOW,
            List.of(UsageDimension.PROJECT),
            Optional.empty());
    assertThat(usage.report(all, BOB).rows()).isEmpty();
    assertThat(usage.report(all, ALICE).rows()).hasSize(1);
    assertThat(usage.report(all, ADMIN).rows()).hasSize(1);
    assertThat(fault(() -> books.find(GRA, NOBODY))).isEqualTo(FaultCode.FORBIDDEN);
  }

  @Test
  void onlyAdministratorsWritePricesAndRates() {
    assertThat(fault(() -> books.set(GRA, List.of(price("1", "EUR")), 0, ALICE)))
        .isEqualTo(FaultCode.FORBIDDEN);
    assertThat(
            fault(
                () ->
                    rates.put(
                        new ExchangeRate("USD", LocalDate.of(2026, 1, 1), BigDecimal.ONE), ALICE)))
        .isEqualTo(FaultCode.FORBIDDEN);
    assertThat(fault(() -> rates.importCsv("currency,since,per_euro\n", BOB)))
        .isEqualTo(FaultCode.FORBIDDEN);
  }

  @Test
  void aBookIsChangedOnlyByWhoHasReadItAsItIs() {
    PriceBook first = books.set(GRA, List.of(price("1", "EUR"), gibPrice("EUR")), 0, ADMIN);

    assertThat(fault(() -> books.set(GRA, List.of(), 0, ADMIN))).isEqualTo(FaultCode.STALE_VERSION);
    PriceBook second = books.set(GRA, List.of(price("2", "EUR")), first.version(), ADMIN);
    assertThat(second.version()).isNotEqualTo(first.version());
    assertThat(books.at(NOW).get(GRA).of(SMALL).orElseThrow()).isEqualByComparingTo("2");
    assertThat(fault(() -> books.find(new CloudId("nowhere"), ADMIN)))
        .isEqualTo(FaultCode.NOT_FOUND);
  }

  @Test
  void whatAnEntryTellsIsInTheBook() {
    PriceList told = new PriceList("EUR", Map.of(SMALL, new BigDecimal("0.5")));
    books.declare(GRA, told);
    long version = books.find(GRA, ADMIN).version();
    books.declare(GRA, told);

    assertThat(books.at(NOW)).isEqualTo(Map.of(GRA, told));
    assertThat(books.find(GRA, ADMIN).version()).isEqualTo(version);
    assertThat(books.at(NOW.minusSeconds(1))).isEmpty();
  }

  @Test
  void ratesComeAsCsvAllOrNone() {
    assertThat(
            fault(
                () ->
                    rates.importCsv(
                        "currency,since,per_euro\nUSD,2026-11-01,1.1\nEUR,2026-11-01,1\n", ADMIN)))
        .isEqualTo(FaultCode.REQUEST_INVALID);
    assertThat(rates.list(ALICE)).isEmpty();

    assertThat(
            rates.importCsv(
                "since,currency,per_euro\n2026-11-01,USD,1.1\n2026-11-02,USD,1.2\n", ADMIN))
        .isEqualTo(2);
    assertThat(rates.list(ALICE))
        .extracting(rate -> rate.since().toString())
        .containsExactly("2026-11-02", "2026-11-01");
    rates.remove("USD", LocalDate.of(2026, 11, 1), ADMIN);
    assertThat(fault(() -> rates.remove("USD", LocalDate.of(2026, 11, 1), ADMIN)))
        .isEqualTo(FaultCode.NOT_FOUND);
  }

  @Test
  void aHardStopRefusesWhatWouldLeadAboveTheBudget() {
    books.set(GRA, List.of(price("1", "EUR"), gibPrice("EUR")), 0, ADMIN);
    seen("web", true, NOW.minusSeconds(3600L * 100));
    // 100 so far and 240 more by the end of the month.
    budgets.set(DEMO, change("400", true), 0, ADMIN);

    BudgetState state = budgets.find(DEMO, ALICE).orElseThrow();
    assertThat(state.spent()).isEqualByComparingTo("100");
    assertThat(state.expected()).isEqualByComparingTo("340");
    assertThat(state.percent()).isEqualTo(25);
    assertThat(spending.refusal(DEMO, gib(25))).isEmpty();
    assertThat(spending.refusal(DEMO, gib(26)).orElseThrow().in(Locale.ENGLISH))
        .contains("400.00 EUR", "340.00", "62.40", "402.40");
    assertThat(spending.refusal(OTHER, gib(100_000))).isEmpty();
    assertThat(spending.refusal(DEMO, List.of())).isEmpty();
  }

  @Test
  void whatIsAcceptedAndNotThereYetCountsAsWell() {
    books.set(GRA, List.of(price("1", "EUR"), gibPrice("EUR")), 0, ADMIN);
    budgets.set(DEMO, change("300", true), 0, ADMIN);
    assertThat(spending.refusal(DEMO, gib(100))).isEmpty();

    awaited.put(GRA, List.of(new Measure(SMALL, 1)));

    assertThat(budgets.find(DEMO, ALICE).orElseThrow().expected()).isEqualByComparingTo("240");
    assertThat(spending.refusal(DEMO, gib(100))).isPresent();
    assertThat(spending.refusal(DEMO, gib(25))).isEmpty();
  }

  @Test
  void aHardStopRefusesWhatNobodyKnowsThePriceOfAndNamesIt() {
    budgets.set(DEMO, change("400", true), 0, ADMIN);
    List<PlannedPart> unknown =
        List.of(part("OS::Neutron::FloatingIP", Optional.of(new Measure(PriceItem.address(), 1))));
    List<PlannedPart> unmeasured = List.of(part("OS::Nova::Server", Optional.empty()));
    List<PlannedPart> free = List.of(part("OS::Neutron::Net", Optional.empty()));

    assertThat(spending.refusal(DEMO, unknown).orElseThrow().in(Locale.ENGLISH))
        .contains("address_hour (gra)");
    assertThat(spending.refusal(DEMO, unmeasured).orElseThrow().in(Locale.ENGLISH))
        .contains("new (gra)");
    assertThat(spending.refusal(DEMO, free)).isEmpty();
    books.set(GRA, List.of(gibPrice("USD")), 0, ADMIN);
    assertThat(spending.refusal(DEMO, gib(1)).orElseThrow().in(Locale.ENGLISH))
        .contains("USD → EUR");
    rates.put(new ExchangeRate("USD", LocalDate.of(2026, 1, 1), new BigDecimal("2")), ADMIN);
    assertThat(spending.refusal(DEMO, gib(1))).isEmpty();
  }

  @Test
  void aBudgetWithoutHardStopOnlyWarnsAndEachStepOnce() {
    books.set(GRA, List.of(price("1", "EUR"), gibPrice("EUR")), 0, ADMIN);
    budgets.set(DEMO, change("100", false), 0, ADMIN);
    seen("web", true, NOW.minusSeconds(3600L * 85));

    watch.budgets().forEach(watch::look);
    watch.budgets().forEach(watch::look);

    assertThat(spending.refusal(DEMO, gib(100_000))).isEmpty();
    assertThat(warnings).extracting(BudgetReached::percent).containsExactly(80);
    seen("api", true, NOW.minusSeconds(3600L * 20));
    watch.budgets().forEach(watch::look);
    assertThat(warnings).extracting(BudgetReached::percent).containsExactly(80, 100);
  }

  @Test
  void refusesBudgetsThatAreNone() {
    for (BudgetChange bad :
        List.of(
            change("0", false),
            change("1.001", false),
            change("1E+999999999", false),
            new BudgetChange(BigDecimal.ONE, "EURO", List.of(), false),
            new BudgetChange(BigDecimal.ONE, "EUR", List.of(0), false))) {
      assertThat(fault(() -> budgets.set(DEMO, bad, 0, ADMIN)))
          .isEqualTo(FaultCode.REQUEST_INVALID);
    }
    BudgetState set = budgets.set(DEMO, change("5", false), 0, ADMIN);
    assertThat(fault(() -> budgets.set(DEMO, change("6", false), 0, ADMIN)))
        .isEqualTo(FaultCode.STALE_VERSION);
    budgets.remove(DEMO, set.budget().version(), ADMIN);
    assertThat(budgets.find(DEMO, ALICE)).isEmpty();
  }
}
