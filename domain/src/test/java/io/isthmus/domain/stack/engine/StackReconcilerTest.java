package io.isthmus.domain.stack.engine;

import static io.isthmus.domain.stack.engine.TestStacks.NET;
import static io.isthmus.domain.stack.engine.TestStacks.PORT;
import static io.isthmus.domain.stack.engine.TestStacks.SERVER;
import static io.isthmus.domain.stack.engine.TestStacks.VOLUME;
import static org.assertj.core.api.Assertions.assertThat;

import io.isthmus.domain.audit.AuditRecord;
import io.isthmus.domain.audit.Face;
import io.isthmus.domain.fault.FaultCode;
import io.isthmus.domain.fault.FederationFault;
import io.isthmus.domain.json.Json;
import io.isthmus.domain.language.Phrase;
import io.isthmus.domain.stack.DriftChoice;
import io.isthmus.domain.stack.PartKey;
import io.isthmus.domain.stack.StackHealth;
import io.isthmus.domain.stack.StackPart;
import io.isthmus.domain.stack.StackPart.Goal;
import io.isthmus.domain.stack.StackStatus;
import io.isthmus.domain.stack.Trouble;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Set;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class StackReconcilerTest {

  static final Duration HOUR = Duration.ofHours(1);

  static TestStacks shop() {
    return new TestStacks()
        .add("net", NET, "gra")
        .stretch("net", "bhs")
        .add("port", PORT, "gra", "net")
        .add("web", SERVER, "gra", "port")
        .add("data", VOLUME, "bhs")
        .add("db", SERVER, "bhs", "net", "data");
  }

  static EngineHarness created() {
    EngineHarness harness = new EngineHarness(1, shop());
    harness.startEngine();
    harness.settles(HOUR);
    assertThat(harness.status()).isEqualTo(StackStatus.CREATED);
    return harness;
  }

  @Test
  void createsEveryPartOnceAndThenDeletesAll() {
    EngineHarness harness = created();

    assertThat(harness.clouds.things()).hasSize(6);
    assertThat(harness.parts()).allMatch(StackPart::isComplete);
    assertThat(harness.stack().health()).isEqualTo(StackHealth.HEALTHY);

    harness.delete();
    assertThat(harness.settles(HOUR)).isTrue();

    assertThat(harness.status()).isEqualTo(StackStatus.DELETED);
    assertThat(harness.inClouds()).isEmpty();
  }

  @Test
  void aCallThatEndsByADefectIsUncertainAndGivesItsPlaceInTheLaneBack() {
    TestStacks many = new TestStacks();
    int most = EngineLimits.DEFAULT.callsPerCloud();
    for (int number = 0; number <= most; number++) {
      many.add("data-" + number, VOLUME, "gra");
    }
    EngineHarness harness = new EngineHarness(1, many);
    harness.creationsWithoutOutcome = most;
    harness.startEngine();
    assertThat(harness.settles(HOUR)).isTrue();

    assertThat(harness.status()).isEqualTo(StackStatus.CREATED);
    assertThat(harness.creationsWithoutOutcome).isZero();
    assertThat(harness.clouds.things()).hasSize(most + 1);
    assertThat(harness.store.audited())
        .filteredOn(record -> record.outcome() == AuditRecord.Outcome.UNKNOWN)
        .hasSize(most);
  }

  @Test
  void tellsWhatItDoesInPlainSentences() {
    EngineHarness harness = created();

    assertThat(harness.told())
        .contains(
            "Server web is being created in gra / R1.",
            "Server web is ready in gra / R1.",
            "Stack “shop” is complete.");
  }

  @Test
  void recordsWhatItAsksOfCloudsBeforeAndAfter() {
    EngineHarness harness = created();

    List<AuditRecord> ofWeb =
        harness.store.audited().stream()
            .filter(record -> record.target().id().endsWith("/web"))
            .toList();
    assertThat(ofWeb)
        .extracting(AuditRecord::outcome)
        .containsExactly(AuditRecord.Outcome.PENDING, AuditRecord.Outcome.SUCCESS);
    assertThat(ofWeb)
        .allSatisfy(
            record -> {
              assertThat(record.action()).isEqualTo("create");
              assertThat(record.face()).isEqualTo(Face.ENGINE);
              assertThat(record.project()).contains(harness.stack().project());
              assertThat(record.request()).isEqualTo(harness.stack().request());
              assertThat(record.where()).contains(new AuditRecord.Where("gra", Optional.of("R1")));
              assertThat(record.target().id()).isEqualTo(harness.stack().id() + "/web");
            });
  }

  @Test
  void recordsWhyACloudRefused() {
    EngineHarness harness = new EngineHarness(1, shop());
    harness.clouds.refuse(
        "web",
        new FederationFault(FaultCode.CLOUD_REJECTED, Phrase.verbatim("No valid host was found.")));
    harness.startEngine();
    assertThat(harness.settles(HOUR)).isTrue();

    assertThat(harness.store.audited())
        .filteredOn(record -> record.outcome() == AuditRecord.Outcome.FAILURE)
        .isNotEmpty()
        .allSatisfy(
            record ->
                assertThat(record.reason())
                    .contains(
                        new AuditRecord.Reason("cloud-rejected", "No valid host was found.")));
  }

  @Test
  void whatACloudRepeatsOfAHiddenParameterIsToldNowhere() {
    EngineHarness harness = new EngineHarness(1, shop().hiding("s3cret-word"));
    harness.clouds.refuse(
        "web",
        new FederationFault(
            FaultCode.CLOUD_REJECTED,
            Phrase.verbatim("Invalid input for field metadata. Value: s3cret-word"),
            List.of(),
            Json.createObjectBuilder()
                .add("status", 400)
                .add("answer", "{\"message\": \"s3cret-word is too long\"}")
                .build(),
            new IllegalStateException("s3cret-word")));
    harness.startEngine();
    assertThat(harness.settles(HOUR)).isTrue();

    Trouble trouble =
        harness.parts().stream().flatMap(part -> part.state().trouble().stream()).findFirst().get();
    assertThat(trouble.phrase().in(Locale.ENGLISH)).contains("Value: ******");
    assertThat(trouble.details().toString()).contains("400", "****** is too long");
    assertThat(
            harness.told()
                + trouble.details().toString()
                + harness.stack().reason().in(Locale.FRENCH)
                + harness.store.audited())
        .contains("******")
        .doesNotContain("s3cret-word");
  }

  @Test
  void leavesASettledStackAloneUntilItIsKept() {
    EngineHarness harness = created();
    harness.simulation.run(Duration.ofSeconds(2));
    int before = harness.clouds.calls();

    harness.simulation.run(Duration.ofSeconds(50));
    assertThat(harness.clouds.calls()).isEqualTo(before);

    harness.simulation.run(Duration.ofSeconds(20));
    assertThat(harness.clouds.calls()).isEqualTo(before + 6);
  }

  @Test
  void saysWhichResourceFailedAndWhatTheCloudSaidAndCanBeDeleted() {
    EngineHarness harness = new EngineHarness(1, shop());
    harness.clouds.refuse(
        "web",
        new FederationFault(FaultCode.CLOUD_REJECTED, Phrase.verbatim("No valid host was found.")));
    harness.startEngine();
    assertThat(harness.settles(HOUR)).isTrue();

    assertThat(harness.status()).isEqualTo(StackStatus.CREATE_FAILED);
    assertThat(harness.stack().reason().toString())
        .isEqualTo("Server web could not be created in gra / R1. No valid host was found.");

    harness.delete();
    assertThat(harness.settles(HOUR)).isTrue();
    assertThat(harness.status()).isEqualTo(StackStatus.DELETED);
    assertThat(harness.inClouds()).isEmpty();
  }

  @Test
  void takesUpACreationThatFailedWhereItStood() {
    EngineHarness harness = new EngineHarness(1, shop());
    harness.clouds.refuse(
        "web",
        new FederationFault(FaultCode.CLOUD_REJECTED, Phrase.verbatim("No valid host was found.")));
    harness.startEngine();
    assertThat(harness.settles(HOUR)).isTrue();
    assertThat(harness.status()).isEqualTo(StackStatus.CREATE_FAILED);
    List<String> before = harness.inClouds();

    harness.clouds.accept("web");
    harness.simulation.run(Duration.ofHours(2));
    harness.retry();
    assertThat(harness.settles(HOUR)).isTrue();

    assertThat(harness.status()).isEqualTo(StackStatus.CREATED);
    assertThat(harness.inClouds()).hasSize(6).containsAll(before);
  }

  @Test
  void doesNotAskACloudBeforeTheTimeItNamed() {
    EngineHarness harness = new EngineHarness(1, shop());
    harness.clouds.refuse(
        "web",
        new FederationFault(
            FaultCode.CLOUD_UNAVAILABLE,
            Phrase.verbatim("Not now."),
            List.of(),
            Json.createObjectBuilder().add(FederationFault.RETRY_AFTER, 600).build(),
            null));
    harness.startEngine();

    harness.simulation.run(Duration.ofMinutes(9));
    assertThat(harness.parts())
        .filteredOn(part -> part.id().resource().equals("web"))
        .extracting(part -> part.state().attempts())
        .containsExactly(1);

    harness.clouds.accept("web");
    assertThat(harness.settles(HOUR)).isTrue();
    assertThat(harness.status()).isEqualTo(StackStatus.CREATED);
  }

  @Test
  void failsAgainForTheSameReasonWhenNothingHasChanged() {
    EngineHarness harness = new EngineHarness(1, shop());
    harness.clouds.refuse(
        "web",
        new FederationFault(FaultCode.CLOUD_REJECTED, Phrase.verbatim("No valid host was found.")));
    harness.startEngine();
    assertThat(harness.settles(HOUR)).isTrue();

    harness.retry();
    assertThat(harness.status()).isEqualTo(StackStatus.CREATING);
    assertThat(harness.settles(HOUR)).isTrue();

    assertThat(harness.status()).isEqualTo(StackStatus.CREATE_FAILED);
    assertThat(harness.stack().reason().toString())
        .isEqualTo("Server web could not be created in gra / R1. No valid host was found.");
    assertThat(harness.told())
        .filteredOn("Server web could not be created in gra / R1. No valid host was found."::equals)
        .as("of the server and of the stack, twice")
        .hasSize(4);
  }

  @Test
  void replacesWhatCameUpBrokenWhenItsCreationIsTakenUpAgain() {
    EngineHarness harness = new EngineHarness(1, shop());
    harness.clouds.breakAtBirth("web", 3);
    harness.startEngine();
    assertThat(harness.settles(HOUR)).isTrue();
    assertThat(harness.status()).isEqualTo(StackStatus.CREATE_FAILED);

    harness.retry();
    assertThat(harness.settles(HOUR)).isTrue();

    assertThat(harness.status()).isEqualTo(StackStatus.CREATED);
    assertExactlyOneOfEach(harness);
  }

  @Test
  void givesUpACreationTakenUpAgainThatTakesTooLong() {
    EngineHarness harness = new EngineHarness(1, shop());
    harness.clouds.goAway("bhs");
    harness.startEngine();
    assertThat(harness.settles(Duration.ofMinutes(62))).isTrue();

    harness.retry();
    harness.simulation.run(Duration.ofMinutes(30));
    assertThat(harness.status()).isEqualTo(StackStatus.CREATING);
    assertThat(harness.settles(Duration.ofMinutes(32))).isTrue();
    assertThat(harness.status()).isEqualTo(StackStatus.CREATE_FAILED);
  }

  @Test
  void replacesAServerThatComesUpBrokenTwiceAndNotMore() {
    EngineHarness twice = new EngineHarness(1, shop());
    twice.clouds.breakAtBirth("web", 2);
    twice.startEngine();
    twice.settles(HOUR);
    assertThat(twice.status()).isEqualTo(StackStatus.CREATED);
    assertThat(twice.inClouds()).hasSize(6).anyMatch(thing -> thing.contains("web#3"));

    EngineHarness often = new EngineHarness(1, shop());
    often.clouds.breakAtBirth("web", 9);
    often.startEngine();
    often.settles(HOUR);
    assertThat(often.status()).isEqualTo(StackStatus.CREATE_FAILED);
    assertThat(often.stack().reason().toString()).contains("No valid host");
  }

  @Test
  void waitsForACloudThatIsAwayAndGoesOnWhenItIsBack() {
    EngineHarness harness = new EngineHarness(1, shop());
    harness.clouds.goAway("bhs");
    harness.startEngine();
    harness.simulation.run(Duration.ofMinutes(5));
    assertThat(harness.status()).isEqualTo(StackStatus.CREATING);
    assertThat(harness.told()).anyMatch(told -> told.contains("has to wait"));

    harness.clouds.comeBack("bhs");
    harness.settles(Duration.ofMinutes(2));
    assertThat(harness.status()).isEqualTo(StackStatus.CREATED);
  }

  @Test
  void givesUpACreationThatTakesLongerThanItsTimeout() {
    EngineHarness harness = new EngineHarness(1, shop());
    harness.clouds.goAway("bhs");
    harness.startEngine();

    assertThat(harness.settles(Duration.ofMinutes(62))).isTrue();
    assertThat(harness.status()).isEqualTo(StackStatus.CREATE_FAILED);
  }

  @Test
  void saysUnreachableAndKeepsTheStatusWhenACloudGoesAway() {
    EngineHarness harness = created();
    harness.clouds.goAway("bhs");
    harness.simulation.run(Duration.ofMinutes(3));

    assertThat(harness.status()).isEqualTo(StackStatus.CREATED);
    assertThat(harness.stack().health().state()).isEqualTo(StackHealth.State.UNREACHABLE);
    assertThat(harness.stack().health().isPartlyUnreachable())
        .isEqualTo(
            harness.parts().stream().anyMatch(part -> !part.id().cloud().text().equals("bhs")));
    assertThat(harness.clouds.things()).hasSize(6);

    harness.clouds.comeBack("bhs");
    harness.simulation.run(Duration.ofMinutes(3));
    assertThat(harness.stack().health()).isEqualTo(StackHealth.HEALTHY);
    assertThat(harness.clouds.things()).hasSize(6);
  }

  @Test
  void doesNotTakeALookThatFailedForASight() {
    EngineHarness harness = created();
    Map<PartKey, Instant> seen =
        harness.parts().stream()
            .collect(Collectors.toMap(StackPart::key, part -> part.state().updatedAt()));
    harness.clouds.goAway("bhs");
    harness.simulation.run(Duration.ofMinutes(3));

    assertThat(harness.parts())
        .filteredOn(part -> part.state().health().state() == StackHealth.State.UNREACHABLE)
        .isNotEmpty()
        .allSatisfy(part -> assertThat(part.state().updatedAt()).isEqualTo(seen.get(part.key())));
  }

  @Test
  void makesAServerThatVanishedAnew() {
    EngineHarness harness = created();
    harness.clouds.vanish("web");
    harness.simulation.run(Duration.ofMinutes(5));

    assertThat(harness.status()).isEqualTo(StackStatus.CREATED);
    assertThat(harness.stack().health()).isEqualTo(StackHealth.HEALTHY);
    assertThat(harness.inClouds()).hasSize(6).anyMatch(thing -> thing.contains("web#2"));
  }

  @Test
  void onlyTellsWhatVanishedWhereThatIsChosenAndMakesItAnewWhenThatIs() {
    EngineHarness harness = created();
    choose(harness, DriftChoice.REPORT);
    harness.clouds.vanish("web");
    harness.simulation.run(Duration.ofMinutes(5));

    assertThat(harness.inClouds()).noneMatch(thing -> thing.contains("web"));
    assertThat(harness.stack().health().state()).isEqualTo(StackHealth.State.DEGRADED);
    assertThat(harness.status()).isEqualTo(StackStatus.CREATED);

    choose(harness, DriftChoice.REPLACE_VANISHED);
    harness.simulation.run(Duration.ofMinutes(5));
    assertThat(harness.stack().health()).isEqualTo(StackHealth.HEALTHY);
    assertThat(harness.inClouds()).anyMatch(thing -> thing.contains("web#2"));
  }

  private static void choose(EngineHarness harness, DriftChoice choice) {
    harness.store.chooseOnDrift(
        harness.stack().id(),
        OptionalLong.empty(),
        choice,
        Phrase.of("stack.drift-told", "shop", "alice"),
        harness.simulation.now());
  }

  @Test
  void neverMakesAVolumeAnewThatVanished() {
    EngineHarness harness = created();
    harness.clouds.vanish("db");
    harness.clouds.vanish("data");
    harness.simulation.run(Duration.ofMinutes(5));

    assertThat(harness.inClouds()).noneMatch(thing -> thing.contains("data"));
    assertThat(harness.stack().health().state()).isEqualTo(StackHealth.State.DEGRADED);
  }

  @Test
  void leavesWhatStillHasUsersWhenItVanished() {
    EngineHarness harness = created();
    harness.clouds.vanish("port");
    harness.simulation.run(Duration.ofMinutes(5));

    assertThat(harness.inClouds()).noneMatch(thing -> thing.contains("port"));
    assertThat(harness.stack().health().reasons())
        .anyMatch(reason -> reason.toString().contains("Port port is not in gra / R1 any more"));
  }

  @Test
  void isDegradedWhileAServerThatIsThereFailsItsProbe() {
    EngineHarness harness = created();
    PartKey web =
        harness.parts().stream()
            .map(StackPart::key)
            .filter(key -> key.id().resource().equals("web"))
            .findFirst()
            .orElseThrow();
    harness.store.failProbes(
        harness.stack().id(), Map.of(web, Phrase.verbatim("web does not answer.")));
    harness.simulation.run(Duration.ofMinutes(2));

    assertThat(harness.stack().health())
        .isEqualTo(
            StackHealth.of(StackHealth.State.DEGRADED, Phrase.verbatim("web does not answer.")));
    assertThat(harness.status()).isEqualTo(StackStatus.CREATED);
    assertThat(harness.inClouds()).as("nothing is made anew for it").hasSize(6);

    harness.store.failProbes(harness.stack().id(), Map.of());
    harness.simulation.run(Duration.ofMinutes(2));
    assertThat(harness.stack().health()).isEqualTo(StackHealth.HEALTHY);
  }

  @Test
  void tellsThatAServerIsBrokenAndThatItIsWellAgain() {
    EngineHarness harness = created();
    harness.clouds.breakNow("web");
    harness.simulation.run(Duration.ofMinutes(2));
    assertThat(harness.stack().health().state()).isEqualTo(StackHealth.State.DEGRADED);
    assertThat(harness.status()).isEqualTo(StackStatus.CREATED);

    harness.clouds.mend("web");
    harness.simulation.run(Duration.ofMinutes(2));
    assertThat(harness.stack().health()).isEqualTo(StackHealth.HEALTHY);
  }

  @Test
  void leavesWhatTheTemplateSaysToRetain() {
    EngineHarness harness = new EngineHarness(1, shop().retain("data"));
    harness.startEngine();
    harness.settles(HOUR);
    harness.delete();
    harness.settles(HOUR);

    assertThat(harness.status()).isEqualTo(StackStatus.DELETED);
    harness.simulation.run(HOUR);
    assertThat(harness.inClouds()).singleElement().asString().contains("data");
  }

  @Test
  void deletesAStackInTheMiddleOfItsCreation() {
    for (int second = 0; second < 12; second++) {
      EngineHarness harness = new EngineHarness(second, shop());
      harness.startEngine();
      harness.simulation.run(Duration.ofMillis(700L * second));
      harness.delete();
      assertThat(harness.settles(HOUR)).isTrue();
      assertThat(harness.status()).isEqualTo(StackStatus.DELETED);
      assertThat(harness.inClouds()).isEmpty();
    }
  }

  @Test
  void removesWhatComesAfterItsDeletionBeforeItHoldsUpWhatGoesNext() {
    EngineHarness harness = created();
    harness.clouds.comesBackBefore("port", "net", "gra");
    harness.delete();

    assertThat(harness.settles(Duration.ofMinutes(5))).isTrue();
    assertThat(harness.status()).isEqualTo(StackStatus.DELETED);
    assertThat(harness.inClouds()).isEmpty();
    assertThat(harness.told()).anyMatch(told -> told.contains("after it was deleted"));
  }

  @Test
  void takesNoTouchOfACloudForPartsThatWereNeverAskedFor() {
    EngineHarness harness = new EngineHarness(1, shop());
    harness.delete();
    harness.startEngine();
    harness.settles(HOUR);

    assertThat(harness.status()).isEqualTo(StackStatus.DELETED);
    assertThat(harness.clouds.calls()).isZero();
  }

  @Test
  void survivesBeingKilledAtEachStep() {
    EngineHarness whole = created();
    whole.delete();
    whole.settles(HOUR);
    long interactions = whole.interactions();
    assertThat(interactions).isGreaterThan(100);

    for (long kill = 1; kill <= interactions; kill++) {
      EngineHarness harness = new EngineHarness(1, shop());
      harness.killAt(kill);
      Simulation.Process first = harness.startEngine();
      harness.simulation.runUntil(() -> first.isDead() || harness.status().isTerminal(), HOUR);
      harness.startEngine();
      harness.settles(HOUR);
      assertThat(harness.status()).as("kill %d", kill).isEqualTo(StackStatus.CREATED);
      assertExactlyOneOfEach(harness);

      harness.delete();
      harness.simulation.runUntil(() -> first.isDead() || harness.status().isTerminal(), HOUR);
      harness.settles(HOUR);
      assertThat(harness.status()).as("kill %d", kill).isEqualTo(StackStatus.DELETED);
      assertThat(harness.inClouds()).isEmpty();
    }
  }

  @ParameterizedTest
  @ValueSource(ints = {3, 20, 60, 600})
  void createsAHundredServersOnThreeCloudsWithFewCallsHoweverLongItTakesAndNoIdleTime(int build) {
    TestStacks made = new TestStacks();
    List<String> all = List.of("gra", "bhs", "syd");
    all.forEach(cloud -> made.add("net-" + cloud, NET, cloud));
    for (int server = 0; server < 100; server++) {
      String cloud = all.get(server % 3);
      made.add("port" + server, PORT, cloud, "net-" + cloud);
      made.add("srv" + server, SERVER, cloud, "port" + server);
    }
    EngineHarness harness = new EngineHarness(1, made);
    harness.clouds.buildTime(Duration.ofSeconds(build));
    harness.startEngine();
    Instant begin = harness.simulation.now();
    harness.settles(HOUR.multipliedBy(2));

    assertThat(harness.status()).isEqualTo(StackStatus.CREATED);
    int ports = 100;
    assertThat(harness.clouds.calls() - ports).isLessThanOrEqualTo(3 * 100);
    // A network builds for 3 s, then servers; 68 calls a cloud, 8 at a time, 150 ms each.
    double least = 3 + build + 68 / 8.0 * 0.15;
    assertThat(Duration.between(begin, harness.simulation.now()).toMillis() / 1000.0)
        .isLessThan(least * 1.15);
    assertEachIsSeenReadyAfterASmallShareOfItsTime(harness);
  }

  private static void assertEachIsSeenReadyAfterASmallShareOfItsTime(EngineHarness harness) {
    Map<String, Instant> seen =
        harness.parts().stream()
            .collect(
                Collectors.toMap(
                    part -> part.state().physicalId().orElseThrow(), part -> part.state().since()));
    Duration looksAndAnswers = Duration.ofSeconds(1);
    for (SimulatedClouds.Thing thing : harness.clouds.things()) {
      Duration took = Duration.between(thing.born, thing.readyAt);
      assertThat(Duration.between(thing.readyAt, seen.get(thing.id)))
          .as(thing.toString())
          .isLessThan(took.dividedBy(6).plus(looksAndAnswers));
    }
  }

  static void assertExactlyOneOfEach(EngineHarness harness) {
    List<String> wanted =
        harness.parts().stream()
            .filter(part -> part.goal() == Goal.PRESENT)
            .map(
                part ->
                    part.state().physicalId().orElse("?")
                        + " "
                        + part.id().resource()
                        + "#"
                        + part.key().generation()
                        + "@"
                        + part.id().cloud())
            .sorted()
            .toList();
    assertThat(harness.inClouds()).isEqualTo(wanted);
  }

  /** The upper one is not made anew with the id of the lower one that is no more. */
  @Test
  void whatVanishesTogetherIsMadeAnewTogether() {
    for (String later : List.of("port", "web")) {
      EngineHarness harness = created();
      harness.clouds.letPortsGo();
      harness.clouds.vanish(later.equals("web") ? "port" : "web");
      harness.clouds.vanish(later);
      harness.simulation.run(Duration.ofMinutes(6));

      assertThat(harness.stack().health()).isEqualTo(StackHealth.HEALTHY);
      harness.assertAllIsAsWished();
      assertThat(harness.parts())
          .filteredOn(part -> part.goal() == StackPart.Goal.PRESENT)
          .filteredOn(part -> Set.of("port", "web").contains(part.id().resource()))
          .allMatch(part -> part.key().generation() == 2);
    }
  }

  /** What came late in its place is not what it was changed to. */
  @Test
  void aDoubleDoesNotTakeThePlaceOfWhatVanished() {
    EngineHarness harness = created();
    harness.update(shop().value("web", "large"), false);
    assertThat(harness.settles(HOUR)).isTrue();
    harness.clouds.vanish("web");
    harness.clouds.twice("web");
    harness.simulation.run(Duration.ofMinutes(6));

    assertThat(harness.stack().health()).isEqualTo(StackHealth.HEALTHY);
    harness.assertAllIsAsWished();
  }
}
