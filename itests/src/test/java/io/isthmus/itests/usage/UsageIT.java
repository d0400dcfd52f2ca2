package io.isthmus.itests.usage;

import static org.assertj.core.api.Assertions.assertThat;

import io.isthmus.itests.Await;
import io.isthmus.itests.Person;
import io.isthmus.itests.RunningSystem;
import io.isthmus.itests.StackUnderTest;
import jakarta.json.JsonObject;
import java.math.BigDecimal;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.time.Instant;
import java.time.YearMonth;
import java.time.ZoneOffset;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.parallel.Isolated;

/** What clouds ask, what is used of them, and what a project may spend, over clouds. */
@Tag("container")
@Isolated("changes prices and budgets")
class UsageIT {

  private static final Duration PATIENCE = Duration.ofMinutes(2);
  private static final String BUDGET = "/budgets/acme/demo";
  private static final String SYD = "/prices/syd";

  private static final String TEMPLATE =
      """
      heat_template_version: 2018-08-31
      resources:
        disk: {type: OS::Cinder::Volume, properties: {size: 10}}
      """;

  private static final String POLICY =
      """
      placement_policy_version: 2026-11-23
      rules:
        - {name: there, clouds: {any_of: [syd]}}
      """;

  private final RunningSystem system = new RunningSystem();
  private final Person admin = new Person(system, "admin");
  private final Person alice = new Person(system, "alice");
  private final Person bob = new Person(system, "bob");
  private String before;

  @BeforeEach
  void begin() throws Exception {
    system.awaitClouds(alice);
    before = admin.get(SYD + "?format=csv").body();
    removeBudget();
  }

  @AfterEach
  void leaveAsItWas() throws Exception {
    try {
      Person.read(prices(admin, before, "*"), 200);
    } finally {
      removeBudget();
      removeRate();
    }
  }

  private HttpResponse<String> removeRate() throws Exception {
    return system.send(admin.request("/exchange-rates/XTS/2026-01-01", "en").DELETE());
  }

  private void removeBudget() throws Exception {
    system.send(admin.request(BUDGET, "en").header("If-Match", "*").DELETE());
  }

  @Test
  void whatExistsIsMeteredAndCostsWhatTheBookSays() throws Exception {
    Person.read(
        prices(admin, "item,price,currency,valid_from\nvolume_gib_month,730,EUR,2026-01-01\n", "*"),
        200);
    JsonObject plan = alice.plan("metered", TEMPLATE, POLICY, Map.of());
    JsonObject cost = plan.getJsonObject("cost");
    // 10 GiB at 1 an hour each.
    assertThat(cost.getJsonObject("hourly").getJsonNumber("EUR").bigDecimalValue())
        .isEqualByComparingTo("10");
    assertThat(cost.getJsonObject("monthly").getJsonNumber("EUR").bigDecimalValue())
        .isEqualByComparingTo("7300");

    StackUnderTest stack = StackUnderTest.of(alice, plan);
    stack.awaitComplete();
    Await.until(
        PATIENCE, "a second of it has passed", () -> cost(stack), seen -> seen.signum() > 0);
    stack.delete();

    BigDecimal whole = cost(stack);
    Instant later = Instant.now().plusMillis(1500);
    Await.until(
        PATIENCE,
        "more than a second of it would have passed",
        Instant::now,
        now -> now.isAfter(later));
    assertThat(cost(stack)).isEqualByComparingTo(whole);
    // One of ten GiB for a second costs a 3600th of 10.
    assertThat(whole.multiply(BigDecimal.valueOf(360)).remainder(BigDecimal.ONE).abs())
        .satisfiesAnyOf(
            rest -> assertThat(rest).isLessThan(new BigDecimal("0.001")),
            rest -> assertThat(rest).isGreaterThan(new BigDecimal("0.999")));
    assertThat(alice.get("/usage?project=acme/demo&group_by=stack,item&format=csv").body())
        .contains("stack,stack_id,item")
        .contains("metered," + stack.id() + ",volume_gib_month");
    assertThat(bob.get("/usage?project=acme/demo").statusCode()).isEqualTo(404);
    assertThat(bob.get("/usage?group_by=stack").body()).doesNotContain(stack.id());
    assertThat(admin.get("/usage?group_by=stack&tenant=acme").body()).contains(stack.id());
  }

  private BigDecimal cost(StackUnderTest stack) throws Exception {
    return alice
        .look("/usage?project=acme/demo&group_by=stack")
        .asJsonObject()
        .getJsonArray("rows")
        .getValuesAs(JsonObject.class)
        .stream()
        .filter(
            row ->
                row.getJsonObject("keys").getJsonObject("stack").getString("id").equals(stack.id()))
        .flatMap(row -> Stream.ofNullable(row.getJsonObject("costs").getJsonNumber("EUR")))
        .map(number -> number.bigDecimalValue())
        .findFirst()
        .orElse(BigDecimal.ZERO);
  }

  @Test
  void aHardStopRefusesWhatWouldCostTooMuchAndWhatNobodyKnowsTheCostOf() throws Exception {
    Person.read(prices(admin, "item,price,currency\nvolume_gib_month,730,EUR\n", "*"), 200);
    Instant end =
        YearMonth.now(ZoneOffset.UTC)
            .plusMonths(1)
            .atDay(1)
            .atStartOfDay(ZoneOffset.UTC)
            .toInstant();
    JsonObject dear = alice.plan("dear", TEMPLATE, POLICY, Map.of());
    assertThat(Duration.between(Instant.now(), end)).isPositive();
    Person.read(
        budget(admin, "{\"amount\": 0.01, \"currency\": \"EUR\", \"hard_stop\": true}"), 200);

    HttpResponse<String> refused = accept(dear);
    assertThat(refused.statusCode()).isEqualTo(409);
    assertThat(RunningSystem.json(refused).getString("code")).isEqualTo("budget-exceeded");
    assertThat(refused.body()).contains("The budget of acme/demo is 0.01 EUR");

    Person.read(prices(admin, "item,price,currency\naddress_hour,1,EUR\n", "*"), 200);
    HttpResponse<String> unknown = accept(alice.plan("unknown", TEMPLATE, POLICY, Map.of()));
    assertThat(unknown.statusCode()).isEqualTo(409);
    assertThat(unknown.body()).contains("volume_gib_month").contains("syd");

    Person.read(budget(admin, "{\"amount\": 0.01, \"currency\": \"EUR\"}"), 200);
    StackUnderTest stack =
        new StackUnderTest(alice, RunningSystem.json(accept(dear)).getString("id"));
    stack.awaitComplete();
    stack.delete();
  }

  @Test
  void booksAndBudgetsAreChangedByWhoMayInTheVersionThatTheyHaveSeen() throws Exception {
    String csv = "item,price,currency\negress_gib,1,EUR\n";
    assertThat(prices(alice, csv, "*").statusCode()).isEqualTo(403);
    assertThat(prices(admin, csv, "").statusCode()).isEqualTo(428);
    HttpResponse<String> set = prices(admin, csv, "*");
    String tag = set.headers().firstValue("ETag").orElseThrow();
    assertThat(prices(admin, csv, tag).statusCode()).isEqualTo(200);
    assertThat(prices(admin, csv, tag).statusCode()).isEqualTo(412);
    assertThat(prices(admin, "item,price,currency\nhouse,1,EUR\n", "*").body())
        .contains("\"line\":2")
        .contains("flavor_hour");
    assertThat(
            system
                .send(
                    admin
                        .request("/prices/mars", "en")
                        .header("If-Match", "*")
                        .header("Content-Type", "text/csv")
                        .PUT(HttpRequest.BodyPublishers.ofString(csv)))
                .statusCode())
        .isEqualTo(404);
    String budget = "{\"amount\": 5, \"currency\": \"EUR\", \"warn_at\": [80]}";
    assertThat(budget(alice, budget).statusCode()).isEqualTo(403);
    assertThat(budget(bob, budget).statusCode()).isEqualTo(404);
    assertThat(budget(admin, budget).statusCode()).isEqualTo(200);
    assertThat(alice.look(BUDGET).asJsonObject().getString("month"))
        .isEqualTo(YearMonth.now(ZoneOffset.UTC).toString());
    assertThat(bob.get(BUDGET).statusCode()).isEqualTo(404);
    assertThat(budget(admin, "{\"amount\": -5, \"currency\": \"EURO\"}").body())
        .contains("\"amount\"")
        .contains("\"currency\"");
  }

  @Test
  void ratesConvertWhatIsAskedForInOtherCurrencies() throws Exception {
    assertThat(rate(alice, "1.25").statusCode()).isEqualTo(403);
    assertThat(rate(admin, "0").statusCode()).isEqualTo(400);
    Person.read(rate(admin, "1.25"), 200);
    assertThat(alice.get("/exchange-rates?format=csv").body()).contains("XTS,2026-01-01,1.25");
    assertThat(removeRate().statusCode()).isEqualTo(204);
    assertThat(alice.get("/exchange-rates").body()).doesNotContain("XTS");
    assertThat(alice.get("/usage?currency=EURO").body()).contains("currency");
    assertThat(alice.get("/usage?group_by=colour").body()).contains("group_by").contains("month");
    assertThat(alice.get("/usage?from=2026-02-01&to=2026-01-01").statusCode()).isEqualTo(400);
  }

  private HttpResponse<String> rate(Person who, String perEuro) throws Exception {
    return system.send(
        who.request("/exchange-rates/XTS/2026-01-01", "en")
            .header("Content-Type", "application/json")
            .PUT(HttpRequest.BodyPublishers.ofString("{\"per_euro\": " + perEuro + "}")));
  }

  private HttpResponse<String> accept(JsonObject plan) throws Exception {
    return alice.post("/stacks", Person.stackRequest(plan));
  }

  private HttpResponse<String> prices(Person who, String csv, String ifMatch) throws Exception {
    return put(who, SYD, "text/csv", csv, ifMatch);
  }

  private HttpResponse<String> budget(Person who, String body) throws Exception {
    return put(who, BUDGET, "application/json", body, "*");
  }

  private HttpResponse<String> put(
      Person who, String path, String type, String body, String ifMatch) throws Exception {
    HttpRequest.Builder request =
        who.request(path, "en")
            .header("Content-Type", type)
            .PUT(HttpRequest.BodyPublishers.ofString(body));
    if (!ifMatch.isEmpty()) {
      request.header("If-Match", ifMatch);
    }
    return system.send(request);
  }
}
