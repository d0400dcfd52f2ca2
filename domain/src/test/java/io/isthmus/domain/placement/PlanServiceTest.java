package io.isthmus.domain.placement;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import io.isthmus.domain.access.Caller;
import io.isthmus.domain.access.ProjectId;
import io.isthmus.domain.cloud.CloudId;
import io.isthmus.domain.cloud.FederationService;
import io.isthmus.domain.cloud.FederationSnapshot;
import io.isthmus.domain.cloud.LimitKind;
import io.isthmus.domain.encryption.SecretBox;
import io.isthmus.domain.fault.FaultCode;
import io.isthmus.domain.fault.FederationFault;
import io.isthmus.domain.image.KnownImages;
import io.isthmus.domain.json.Json;
import io.isthmus.domain.keypair.Keys;
import io.isthmus.domain.language.Phrase;
import io.isthmus.domain.network.AddressBook;
import io.isthmus.domain.placement.Federations.CloudBuilder;
import io.isthmus.domain.start.TestDatabase;
import io.isthmus.domain.template.KeptImage;
import io.isthmus.domain.template.ResourceGraph;
import io.isthmus.domain.template.TemplateSource;
import io.isthmus.domain.tenant.TenantService;
import io.isthmus.domain.tenant.TenantStores;
import jakarta.json.JsonObject;
import jakarta.json.JsonObjectBuilder;
import jakarta.json.JsonValue;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.Collection;
import java.util.HashSet;
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
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class PlanServiceTest {

  private static final ProjectId ACME = ProjectId.parse("acme/demo");
  private static final Caller ALICE = new Caller("a-1", "alice", Set.of("acme"), Set.of());
  private static final Caller BOB = new Caller("b-2", "bob", Set.of("globex"), Set.of());
  private static final JsonObject PARAMETERS =
      Json.createObjectBuilder().add("password", "hunter2").build();

  private TestDatabase database;
  private FederationSnapshot federation = Federations.three();
  private Instant now = Federations.NOW;
  private FakeGraph graph = FakeGraph.shop(3);
  private Drafts drafts = new GivenGraph();

  /** Reads nothing. */
  private final class GivenGraph implements Drafts {
    @Override
    public Draft read(
        ProjectId project,
        String name,
        TemplateSource template,
        String environment,
        JsonObject parameters) {
      return new Draft(
          graph,
          template,
          parameters,
          Json.createObjectBuilder().add("password", "******").build());
    }

    @Override
    public Draft reread(
        StandingStack stack,
        TemplateSource template,
        String environment,
        JsonObject kept,
        JsonObject parameters) {
      JsonObjectBuilder all = Json.createObjectBuilder(kept);
      parameters.forEach(all::add);
      return read(stack.project(), stack.name(), template, environment, all.build());
    }
  }

  /** Whichever reads at the time. */
  private final class Present implements Drafts {
    @Override
    public Draft read(
        ProjectId project,
        String name,
        TemplateSource template,
        String environment,
        JsonObject parameters) {
      return drafts.read(project, name, template, environment, parameters);
    }

    @Override
    public Draft reread(
        StandingStack stack,
        TemplateSource template,
        String environment,
        JsonObject kept,
        JsonObject parameters) {
      return drafts.reread(stack, template, environment, kept, parameters);
    }
  }

  /** The one stack that is there, if it is at rest. */
  private Optional<StandingStack> stack = Optional.empty();

  private final class OneStack implements StandingStacks {
    @Override
    public StandingStack require(UUID id, Caller caller) {
      return stack
          .filter(one -> one.id().equals(id) && caller.equals(ALICE))
          .orElseThrow(() -> FederationFault.notFound("stack", id.toString()));
    }

    @Override
    public StandingStack require(UUID id) {
      return require(id, ALICE);
    }

    @Override
    public Difference difference(
        StandingStack one, ResourceGraph after, Collection<PlannedPart> planned) {
      Set<PartId> before = new HashSet<>();
      one.stands().parts().forEach(part -> before.add(part.id()));
      List<PlannedUpdate.Step> steps =
          planned.stream()
              .map(
                  part ->
                      new PlannedUpdate.Step(
                          part.id(),
                          before.contains(part.id())
                              ? PlannedUpdate.Step.Kind.UNCHANGED
                              : PlannedUpdate.Step.Kind.ADDED,
                          List.of(),
                          false))
              .toList();
      List<ResourceChange> changes =
          List.of(
              new ResourceChange(
                  "web/3",
                  "OS::Nova::Server",
                  ResourceChange.Kind.MOVED,
                  List.of(),
                  List.of(planned.iterator().next().id().place()),
                  List.of("count"),
                  Optional.of(Phrase.of("stack.update.moved-server"))));
      return new Difference(steps, changes, List.of());
    }
  }

  private List<PlannedPart> asked = List.of();
  private StandingPolicies standing;
  private Optional<Phrase> tooDear = Optional.empty();
  private Map<String, String> keys = Map.of();
  private Map<String, KeptImage> images = Map.of();
  private Optional<String> projectDefault = Optional.empty();
  private PlanService plans;

  @BeforeEach
  void open() {
    database = TestDatabase.create();
    TenantService tenants =
        TenantStores.withProjects(database, ACME, ProjectId.parse("globex/demo"));
    standing =
        new StandingPolicies(
            new StandingPolicyStore(database.dataSource()), () -> List.of("gra", "bhs"), tenants);
    plans =
        new PlanService(
            new JdbcPlanStore(database.dataSource(), new SecretBox(List.of(new byte[32]))),
            new Present(),
            new FederationService() {
              @Override
              public FederationSnapshot snapshot(ProjectId project) {
                return federation;
              }

              @Override
              public FederationSnapshot snapshotToPlan(ProjectId project) {
                return federation;
              }

              @Override
              public FederationSnapshot snapshotWithout(ProjectId project, UUID stack) {
                return federation;
              }

              @Override
              public void takeTurn(ProjectId project) {
                // The tests' callers are alone.
              }
            },
            tenants,
            standing,
            project -> projectDefault,
            new AddressBook(database.dataSource(), AddressBook.DEFAULT_POOLS),
            (project, parts) -> {
              asked = List.copyOf(parts);
              return tooDear;
            },
            project -> keys,
            new KnownImages() {
              @Override
              public Map<String, KeptImage> of(ProjectId project) {
                return images;
              }

              @Override
              public Set<String> unfinished(ProjectId project) {
                return Set.of("coming");
              }

              @Override
              public boolean isIn(ProjectId project, String image, CloudId cloud, String region) {
                return cloud.text().equals("gra");
              }
            },
            new OneStack(),
            new Clock() {
              @Override
              public Instant instant() {
                return now;
              }

              @Override
              public ZoneOffset getZone() {
                return ZoneOffset.UTC;
              }

              @Override
              public Clock withZone(java.time.ZoneId zone) {
                return this;
              }
            });
  }

  @AfterEach
  void close() {
    database.close();
  }

  private Plan preview() {
    return plans.preview(command(), ALICE);
  }

  private static CreatePlan command() {
    return new CreatePlan(
        ACME, "shop", TemplateSource.of("a: b"), "", PARAMETERS, Optional.of(policy("operator")));
  }

  private static String policy(String across) {
    return """
        placement_policy_version: 2026-11-23
        rules:
          - name: web survives
            match: { names: [web] }
            spread: [{ across: %s, max_skew: 1, min_domains: 2 }]
        """
        .formatted(across);
  }

  private static FederationFault fault(ThrowingCallable call) {
    return catchThrowableOfType(FederationFault.class, call);
  }

  @Test
  void keepsAPlanWholeAndItsParametersSealed() throws SQLException {
    Plan plan = preview();

    assertThat(plans.require(plan.id(), ALICE)).isEqualTo(plan);
    assertThat(plans.list(ACME, PlanFilter.ALL, Optional.empty(), 10, ALICE).plans())
        .containsExactly(plan);
    try (Connection connection = database.dataSource().getConnection();
        Statement statement = connection.createStatement();
        ResultSet row = statement.executeQuery("select plan::text from plan")) {
      assertThat(row.next()).isTrue();
      assertThat(row.getString(1)).doesNotContain("hunter2");
    }
    assertThat(plans.accept(plan.id(), ALICE).parameters()).isEqualTo(PARAMETERS);
  }

  @Test
  void pagesThroughPlansByCursorAndFilters() {
    Set<PlanId> made = new HashSet<>();
    for (int i = 0; i < 5; i++) {
      made.add(preview().id());
    }
    PlanPage first = plans.list(ACME, PlanFilter.ALL, Optional.empty(), 3, ALICE);
    PlanPage second = plans.list(ACME, PlanFilter.ALL, first.next(), 3, ALICE);

    assertThat(first.plans()).hasSize(3);
    assertThat(second.plans()).hasSize(2);
    assertThat(second.next()).isEmpty();
    first.plans().forEach(plan -> made.remove(plan.id()));
    second.plans().forEach(plan -> made.remove(plan.id()));
    assertThat(made).isEmpty();

    PlanFilter taken = new PlanFilter(Optional.empty(), Optional.of(true));
    assertThat(plans.list(ACME, taken, Optional.empty(), 3, ALICE).plans()).isEmpty();
    PlanFilter other = new PlanFilter(Optional.of("no such"), Optional.of(false));
    assertThat(plans.list(ACME, other, Optional.empty(), 3, ALICE).plans()).isEmpty();
    assertThat(fault(() -> plans.list(ACME, PlanFilter.ALL, Optional.of("?"), 3, ALICE)).code())
        .isEqualTo(FaultCode.REQUEST_INVALID);
    assertThat(fault(() -> plans.list(ACME, PlanFilter.ALL, Optional.empty(), 501, ALICE)).code())
        .isEqualTo(FaultCode.REQUEST_INVALID);
  }

  @Test
  void listsPlansByStateAndOrder() {
    Plan taken = preview();
    plans.accept(taken.id(), ALICE);
    Plan old = preview();
    now = now.plus(Duration.ofHours(2));
    Plan open = preview();
    PlanListStore lists = new JdbcPlanLists(database.dataSource());

    assertThat(ids(lists, Optional.of(PlanState.OPEN))).containsExactly(open.id());
    assertThat(ids(lists, Optional.of(PlanState.EXPIRED))).containsExactly(old.id());
    assertThat(ids(lists, Optional.of(PlanState.ACCEPTED))).containsExactly(taken.id());
    assertThat(ids(lists, Optional.empty())).startsWith(open.id()).hasSize(3);
    assertThat(
            lists
                .slice(
                    ACME,
                    new PlanQuery(Optional.empty(), Optional.empty(), PlanQuery.By.STATE, false),
                    now,
                    0,
                    10)
                .plans())
        .extracting(PlanSummary::id)
        .containsExactly(open.id(), old.id(), taken.id());
    PlanSlice second =
        lists.slice(
            ACME,
            new PlanQuery(Optional.of("SHO"), Optional.empty(), PlanQuery.By.RESOURCES, false),
            now,
            1,
            1);
    assertThat(second.total()).isEqualTo(3);
    assertThat(second.plans())
        .singleElement()
        .satisfies(plan -> assertThat(plan.resources()).isEqualTo(open.placement().parts().size()));
  }

  private List<PlanId> ids(PlanListStore lists, Optional<PlanState> state) {
    PlanQuery query = new PlanQuery(Optional.empty(), state, PlanQuery.By.CREATED_AT, true);
    return lists.slice(ACME, query, now, 0, 10).plans().stream().map(PlanSummary::id).toList();
  }

  @Test
  void removesAPlanThatDidNotBecomeAStack() {
    Plan plan = preview();
    Plan taken = preview();
    plans.accept(taken.id(), ALICE);

    assertThat(fault(() -> plans.remove(plan.id(), BOB)).code()).isEqualTo(FaultCode.NOT_FOUND);
    plans.remove(plan.id(), ALICE);

    assertThat(fault(() -> plans.require(plan.id(), ALICE)).code()).isEqualTo(FaultCode.NOT_FOUND);
    assertThat(fault(() -> plans.remove(taken.id(), ALICE)).code()).isEqualTo(FaultCode.CONFLICT);
    assertThat(plans.require(taken.id(), ALICE).id()).isEqualTo(taken.id());
  }

  @Test
  void anotherTenantsPlanLooksLikeAMissingOne() {
    Plan plan = preview();
    PlanId missing = PlanId.parse("00000000-0000-0000-0000-000000000001");

    FederationFault foreign = fault(() -> plans.require(plan.id(), BOB));
    FederationFault absent = fault(() -> plans.require(missing, BOB));

    assertThat(foreign.code()).isEqualTo(absent.code()).isEqualTo(FaultCode.NOT_FOUND);
    assertThat(foreign.getMessage().replace(plan.id().toString(), missing.toString()))
        .isEqualTo(absent.getMessage());
    assertThat(fault(() -> plans.accept(plan.id(), BOB)).code()).isEqualTo(FaultCode.NOT_FOUND);
  }

  @Test
  void isNotAcceptedWhileItCostsTooMuch() {
    Plan plan = preview();
    tooDear = Optional.of(Phrase.verbatim("It costs too much."));

    FederationFault fault = fault(() -> plans.accept(plan.id(), ALICE));

    assertThat(fault.code()).isEqualTo(FaultCode.BUDGET_EXCEEDED);
    assertThat(fault).hasMessage("It costs too much.");
    assertThat(plans.tooDear(plan, ALICE)).isEqualTo(tooDear);
    tooDear = Optional.empty();
    assertThat(plans.accept(plan.id(), ALICE).plan()).isEqualTo(plan);
  }

  @Test
  void isAcceptedOnceAndWithinAnHour() {
    Plan plan = preview();
    Plan late = preview();
    plans.accept(plan.id(), ALICE);

    assertThat(fault(() -> plans.accept(plan.id(), ALICE)).code()).isEqualTo(FaultCode.STALE_PLAN);
    now = now.plus(Duration.ofHours(1));
    assertThat(fault(() -> plans.accept(late.id(), ALICE)).getMessage()).contains("expired");
  }

  @Test
  void aServerHasTheProjectsKeyPairWhereverItIsAsItWasWhenPlanned() {
    drafts = new HotDrafts();
    keys = Map.of("laptop", Keys.ED25519, "other", Keys.P256);
    Plan plan =
        plans.preview(
            new CreatePlan(
                ACME,
                "shop",
                TemplateSource.of(
                    """
                    heat_template_version: 2018-08-31
                    parameters: {key: {type: string}}
                    resources:
                      web:
                        type: OS::Heat::ResourceGroup
                        properties:
                          count: 3
                          resource_def:
                            type: OS::Nova::Server
                            properties:
                              flavor: m1.small
                              image: debian-12
                              key_name: {get_param: key}
                    """),
                "",
                Json.createObjectBuilder().add("key", "laptop").build(),
                Optional.of(policy("operator"))),
            ALICE);

    assertThat(plan.template().keyPairs()).isEqualTo(Map.of("laptop", Keys.ED25519));
    List<PlannedPart> made =
        plan.placement().parts().stream()
            .filter(part -> part.type().equals("OS::Nova::KeyPair"))
            .toList();
    Set<Object> regions = new HashSet<>();
    for (PlannedPart server : plan.placement().parts()) {
      if (server.type().equals("OS::Nova::Server")) {
        regions.add(server.id().cloud() + " " + server.id().region());
        assertThat(server.requires()).extracting(PartId::resource).contains("keypair-laptop");
      }
    }
    assertThat(regions).hasSizeGreaterThan(1);
    assertThat(made).hasSameSizeAs(regions);
    assertThat(made.get(0).resolutions())
        .extracting(resolution -> resolution.why().in(Locale.ENGLISH))
        .containsExactly(
            "The project’s key pair “laptop”: ssh-ed25519,"
                + " SHA256:nsbRG6M9nsx9DSfx35fZWQWn6dtFFdjEpCNpm8P7ULc.");

    keys = Map.of("laptop", Keys.P384);
    assertThat(plans.accept(plan.id(), ALICE).plan().template().keyPairs())
        .isEqualTo(Map.of("laptop", Keys.ED25519));
  }

  private Plan planned(String image) {
    return plans.preview(
        new CreatePlan(
            ACME,
            "shop",
            TemplateSource.of(
                """
                heat_template_version: 2018-08-31
                resources:
                  web:
                    type: OS::Heat::ResourceGroup
                    properties:
                      count: 3
                      resource_def:
                        type: OS::Nova::Server
                        properties: {flavor: m1.small, image: %s}
                """
                    .formatted(image)),
            "",
            Json.createObjectBuilder().build(),
            Optional.of(policy("operator"))),
        ALICE);
  }

  @Test
  void anImageOfTheProjectIsCopiedToWhereAServerIsAndNowhereElse() {
    drafts = new HotDrafts();
    KeptImage debian = new KeptImage("i-1", 432_013_312, "qcow2", 0, 0, "ab".repeat(64));
    images = Map.of("debian-12", debian, "other", debian);

    Plan plan = planned("debian-12");

    assertThat(plan.template().images()).isEqualTo(Map.of("debian-12", debian));
    Set<Object> servers = new HashSet<>();
    Set<Object> copies = new HashSet<>();
    for (PlannedPart part : plan.placement().parts()) {
      (part.type().equals("OS::Nova::Server") ? servers : copies).add(part.id().place());
      if (part.type().equals("OS::Nova::Server")) {
        assertThat(part.requires())
            .containsExactly(new PartId("image-debian-12", part.id().cloud(), part.id().region()));
        // What a cloud calls so is not what is meant.
        assertThat(part.resolutions()).extracting(Resolution::property).doesNotContain("image");
      }
    }
    assertThat(copies).isEqualTo(servers).hasSizeGreaterThan(1);
    List<String> remarks =
        plan.placement().wiring().remarks().stream().map(one -> one.in(Locale.ENGLISH)).toList();
    assertThat(remarks)
        .anyMatch(
            one -> one.startsWith("The project’s image “debian-12” (412 MiB) is copied to bhs"))
        .anyMatch(
            one -> one.startsWith("A copy of the project’s image “debian-12” is already in gra"));
    assertThat(plans.require(plan.id(), ALICE).template().images())
        .isEqualTo(plan.template().images());

    images = Map.of();
    assertThat(fault(() -> plans.accept(plan.id(), ALICE)).getMessage()).contains("was deleted");
    images = Map.of("debian-12", new KeptImage("i-1", 432_013_312, "qcow2", 8, 0, "ab".repeat(64)));
    assertThat(fault(() -> plans.accept(plan.id(), ALICE)).getMessage()).contains("or changed");
    images = Map.of("renamed", debian);
    assertThat(plans.accept(plan.id(), ALICE).plan().template().images())
        .isEqualTo(Map.of("debian-12", debian));
  }

  @Test
  void whatAnImageOfTheProjectNeedsLimitsTheFlavor() {
    drafts = new HotDrafts();
    images = Map.of("debian-12", new KeptImage("i-1", 9, "qcow2", 0, 1_000_000, "ab".repeat(64)));

    assertThat(fault(() -> planned("debian-12")).code()).isEqualTo(FaultCode.NO_CANDIDATE);
  }

  @ParameterizedTest
  @CsvSource({"disk, 7, false", "disk, 8, true", "server, 7, false", "server, 8, true"})
  void whatAnImageOfTheProjectNeedsLimitsTheVolume(String kind, int size, boolean fits) {
    drafts = new HotDrafts();
    images = Map.of("debian-12", new KeptImage("i-1", 9, "qcow2", 8, 0, "ab".repeat(64)));
    String volume =
        """
        heat_template_version: 2018-08-31
        resources:
          it: {type: %s}
        """
            .formatted(
                (kind.equals("disk")
                        ? "OS::Cinder::Volume, properties: {size: %d, image: debian-12}"
                        : "OS::Nova::Server, properties: {flavor: m1.small, block_device_mapping_v2:"
                            + " [{image: debian-12, volume_size: %d, boot_index: 0}]}")
                    .formatted(size));
    CreatePlan wanted =
        new CreatePlan(
            ACME,
            "shop",
            TemplateSource.of(volume),
            "",
            Json.createObjectBuilder().build(),
            Optional.empty());

    if (fits) {
      assertThat(plans.preview(wanted, ALICE).placement().parts()).isNotEmpty();
    } else {
      PlacementRefused refused =
          catchThrowableOfType(PlacementRefused.class, () -> plans.preview(wanted, ALICE));
      assertThat(refused.placement().toString())
          .contains("The volume has 7 GiB; the image “debian-12” needs 8 GiB.");
    }
  }

  @Test
  void anImageThatIsStillOnItsWayIsNamed() {
    drafts = new HotDrafts();

    PlacementRefused refused =
        catchThrowableOfType(PlacementRefused.class, () -> planned("coming"));

    assertThat(refused.placement().reasons())
        .extracting(reason -> reason.in(Locale.ENGLISH))
        .contains(
            "The project’s image “coming” cannot be taken yet: its content is still being"
                + " uploaded.");
  }

  @Test
  void aKeyPairThatTheProjectDoesNotKeepIsRemarkedWithTheNearestThatItDoes() {
    drafts = new HotDrafts();

    assertThat(remarks("labtop", Map.of("laptop", Keys.ED25519)))
        .contains(
            "The key pair “labtop” is none of the project’s, so that each cloud must have it"
                + " already. Did you mean “laptop”?");
    assertThat(remarks("other", Map.of("laptop", Keys.ED25519)))
        .anySatisfy(words -> assertThat(words).endsWith("The project keeps: laptop."));
    assertThat(remarks("other", Map.of()))
        .anySatisfy(words -> assertThat(words).endsWith("The project keeps none yet."));
    assertThat(remarks("laptop", Map.of("laptop", Keys.ED25519)))
        .noneSatisfy(words -> assertThat(words).contains("none of the project’s"));
  }

  private List<String> remarks(String key, Map<String, String> kept) {
    keys = kept;
    Plan plan =
        plans.preview(
            new CreatePlan(
                ACME,
                "one",
                TemplateSource.of(
                    """
                    heat_template_version: 2018-08-31
                    resources:
                      web:
                        type: OS::Nova::Server
                        properties: {flavor: m1.small, image: debian-12, key_name: %s}
                    """
                        .formatted(key)),
                "",
                JsonValue.EMPTY_JSON_OBJECT,
                Optional.empty()),
            ALICE);
    return plan.placement().wiring().remarks().stream()
        .map(remark -> remark.in(Locale.ENGLISH))
        .toList();
  }

  @Test
  void isStaleWhenAnotherStackHasReservedWhatItNeeds() {
    Plan plan = preview();
    federation =
        Federations.of(
            new CloudBuilder("gra")
                .region("GRA-1", "a", "b")
                .region("GRA-2", "a", "b")
                .reserved(LimitKind.INSTANCES, 10, 6, 4),
            new CloudBuilder("bhs").country("CA").region("BHS-1", "nova"),
            new CloudBuilder("syd").country("AU").region("SYD-1", "nova"));

    FederationFault stale = fault(() -> plans.accept(plan.id(), ALICE));

    assertThat(stale.code()).isEqualTo(FaultCode.STALE_PLAN);
    assertThat(stale.violations())
        .extracting(violation -> violation.message().in(Locale.ENGLISH))
        .anySatisfy(
            words ->
                assertThat(words)
                    .matches(
                        "GRA-1: [0-9] servers are needed, the quota leaves 0 of 10\\."
                            + " Stacks that are being made have reserved 4\\."));
  }

  @Test
  void tellsWhatEachPartCountsInItsRegion() {
    PlannedPart web =
        preview().placement().parts().stream()
            .filter(part -> part.type().equals("OS::Nova::Server"))
            .findFirst()
            .orElseThrow();

    assertThat(web.counts())
        .containsEntry(LimitKind.INSTANCES, 1L)
        .containsKeys(LimitKind.VCPUS, LimitKind.RAM_MIB)
        .doesNotContainKey(LimitKind.VOLUMES);
  }

  @Test
  void isStaleWhenACloudItNeedsIsClosedAndSaysWhich() {
    Plan plan = preview();
    federation =
        Federations.of(
            new CloudBuilder("gra").region("GRA-1", "a", "b").region("GRA-2", "a", "b"),
            new CloudBuilder("bhs").country("CA").region("BHS-1", "nova"),
            new CloudBuilder("syd").country("AU").disabled().region("SYD-1", "nova"));

    FederationFault stale = fault(() -> plans.accept(plan.id(), ALICE));

    assertThat(stale.code()).isEqualTo(FaultCode.STALE_PLAN);
    assertThat(stale.getMessage()).isEqualTo("SYD is disabled: nothing new goes there.");
  }

  private static final Caller ADMIN =
      new Caller("c-3", "admin", Set.of(), Set.of(Caller.FEDERATION_ADMIN));

  private static String without(String cloud) {
    return "placement_policy_version: 2026-11-23\nrules: [{name: not there, clouds: {none_of: ["
        + cloud
        + "]}}]";
  }

  @Test
  void standingRulesNarrowEveryPlanAndSayWhoseTheyAre() {
    standing.change(PolicyScope.FEDERATION, without("gra"), 0, ADMIN);
    standing.change(PolicyScope.tenant("acme"), without("bhs"), 0, ADMIN);

    PlacementRefused refused =
        catchThrowableOfType(PlacementRefused.class, () -> plans.preview(command(), ALICE));

    assertThat(refused.details().toString())
        .contains("The rule “not there (federation)” excludes GRA.")
        .contains("The rule “not there (acme)” excludes BHS.");
  }

  @Test
  void aPlanThatNewStandingRulesExcludeIsStale() {
    Plan plan = preview();
    standing.change(PolicyScope.tenant("globex"), without("gra"), 0, ADMIN);
    standing.change(PolicyScope.tenant("acme"), without("gra"), 0, ADMIN);

    assertThat(fault(() -> plans.accept(plan.id(), ALICE)).getMessage())
        .isEqualTo("The rule “not there (acme)” excludes GRA.");
  }

  @Test
  void standingRulesAreChangedByWhoMayAndFromWhatWasRead() {
    PolicyScope acme = PolicyScope.tenant("acme");

    assertThat(fault(() -> standing.change(acme, "", 0, ALICE)).code())
        .isEqualTo(FaultCode.FORBIDDEN);
    assertThat(fault(() -> standing.change(PolicyScope.FEDERATION, "", 0, ALICE)).code())
        .isEqualTo(FaultCode.FORBIDDEN);
    assertThat(fault(() -> standing.of(acme, BOB)).getMessage())
        .isEqualTo(
            fault(() -> standing.of(PolicyScope.tenant("absent"), BOB))
                .getMessage()
                .replace("absent", "acme"));
    StandingPolicy first = standing.change(acme, without("gra"), 0, ADMIN);
    assertThat(standing.of(acme, ALICE)).isEqualTo(first);
    assertThat(fault(() -> standing.change(acme, "", 0, ADMIN)).code())
        .isEqualTo(FaultCode.STALE_VERSION);
    assertThat(standing.change(acme, "", first.version(), ADMIN).text()).isEmpty();
    assertThat(preview()).isNotNull();
  }

  @Test
  void aPlanWithoutAPolicyTakesTheProjectsDefaultElseTheFederations() {
    CreatePlan without =
        new CreatePlan(ACME, "", TemplateSource.of("a: b"), "", PARAMETERS, Optional.empty());
    assertThat(plans.preview(without, ALICE).policy()).isEmpty();

    standing.change(PolicyScope.DEFAULT, policy("country"), 0, ADMIN);
    assertThat(plans.preview(without, ALICE).policy()).isEqualTo(policy("country"));

    // A default may have rules that are about nothing in a template.
    projectDefault = Optional.of(policy("cloud").replace("[web]", "[api]"));
    assertThat(plans.preview(without, ALICE).policy()).isEqualTo(projectDefault.get());
    assertThat(plans.standardPolicy(ACME, ALICE)).isEqualTo(projectDefault.get());
    assertThat(fault(() -> plans.standardPolicy(ACME, BOB)).code()).isEqualTo(FaultCode.NOT_FOUND);
  }

  @Test
  void standingRulesPreferNothingAndNameMembersOnly() {
    FederationFault wrong =
        fault(
            () ->
                standing.change(
                    PolicyScope.FEDERATION, without("grra") + "\nprefer: {cost: 1}\n", 0, ADMIN));

    assertThat(wrong.violations())
        .extracting(v -> v.pointer())
        .containsExactly("prefer", "rules.0.clouds");
  }

  @Test
  void aNameThatNoStackCanHaveIsRefusedBeforeAnythingIsPlanned() {
    for (String name : List.of("\u0000", "1st", "a".repeat(256), " ")) {
      assertThat(
              fault(
                      () ->
                          new CreatePlan(
                              ACME,
                              name,
                              TemplateSource.of("a: b"),
                              "",
                              PARAMETERS,
                              Optional.empty()))
                  .violations())
          .extracting(v -> v.pointer())
          .containsExactly("name");
    }
  }

  @Test
  void aStandingRuleNeverLeavesOutWhatAStackHas() {
    String leavesOut =
        """
        placement_policy_version: 2026-11-23
        rules:
          - name: balanced
            match: { names: [lb] }
            require: { capabilities: [load-balancer], when_unsatisfiable: leave_out }
        """;

    assertThat(
            fault(() -> standing.change(PolicyScope.FEDERATION, leavesOut, 0, ADMIN)).violations())
        .extracting(v -> v.pointer())
        .containsExactly("rules.0.require");
    assertThat(standing.change(PolicyScope.DEFAULT, leavesOut, 0, ADMIN).text())
        .isEqualTo(leavesOut);
  }

  @Test
  void twoPlansOfAProjectNeverShareAddresses() {
    Plan first = preview();
    Plan second = preview();
    plans.accept(first.id(), ALICE);

    assertThat(fault(() -> plans.accept(second.id(), ALICE)).getMessage())
        .contains("10.128.0.0/22");
    assertThat(preview().placement().wiring().segments().get(0).cidr()).isEqualTo("10.128.4.0/24");
  }

  @Test
  void aRefusalTellsEachResourceAndPlace() {
    federation = Federations.of(new CloudBuilder("gra").inaccessible());

    PlacementRefused refused =
        catchThrowableOfType(PlacementRefused.class, () -> plans.preview(command(), ALICE));

    assertThat(refused.code()).isEqualTo(FaultCode.NO_CANDIDATE);
    assertThat(refused.details().getJsonArray("rejections")).isNotEmpty();
    assertThat(PlacementJson.read(PlacementJson.write(refused.placement())))
        .isEqualTo(refused.placement());
  }

  @Test
  void refusesAPolicyThatIsAboutNothing() {
    FederationFault typo =
        fault(
            () ->
                plans.place(
                    new CreatePlan(
                        ACME,
                        "",
                        TemplateSource.of("a: b"),
                        "",
                        PARAMETERS,
                        Optional.of(policy("operator").replace("[web]", "[wbe]"))),
                    ALICE));

    assertThat(typo.code()).isEqualTo(FaultCode.POLICY_INVALID);
    assertThat(typo.violations().get(0).line()).isEqualTo(3);
    assertThat(typo.violations().get(0).remedy()).isPresent();
  }

  /** The stack that a plan became. */
  private StandingStack become(Plan plan) {
    plans.accept(plan.id(), ALICE);
    stack =
        Optional.of(
            new StandingStack(
                UUID.randomUUID(),
                ACME,
                "shop",
                7,
                plan.template(),
                PARAMETERS,
                plan.policy(),
                plan.id(),
                graph,
                new Standing(
                    plan.placement().parts(),
                    Set.copyOf(plan.placement().parts().stream().map(PlannedPart::id).toList()),
                    Set.of(),
                    Set.of(),
                    List.of()),
                "as it is"));
    return stack.get();
  }

  private static UpdatePlan update(StandingStack one) {
    return new UpdatePlan(
        one.id(),
        Optional.empty(),
        "",
        JsonValue.EMPTY_JSON_OBJECT,
        true,
        List.of(),
        Optional.empty());
  }

  private static Set<String> ids(Plan plan) {
    Set<String> ids = new HashSet<>();
    plan.placement().parts().forEach(part -> ids.add(part.id().toString()));
    return ids;
  }

  @Test
  void keepsThePlanOfAnUpdateWholeWithWhatBecomesOfEachPart() {
    Plan first = preview();
    StandingStack one = become(first);
    graph = FakeGraph.shop(4);

    Plan plan = plans.previewUpdate(update(one), ALICE);

    assertThat(plans.require(plan.id(), ALICE)).isEqualTo(plan);
    PlannedUpdate update = plan.update().orElseThrow();
    assertThat(update.stack()).isEqualTo(one.id());
    assertThat(update.version()).isEqualTo(7);
    assertThat(update.addressesOf()).isEqualTo(first.id());
    assertThat(update.changes()).hasSize(1);
    assertThat(update.steps()).hasSameSizeAs(plan.placement().parts());
    assertThat(ids(plan)).containsAll(ids(first));
    assertThat(plan.name()).isEqualTo("shop");
    assertThat(plan.policy()).isEqualTo(first.policy());
    assertThat(plan.parameters().toString()).doesNotContain("hunter2");
    assertThat(first.update()).isEmpty();
    PlanQuery all = new PlanQuery(Optional.empty(), Optional.empty(), PlanQuery.By.NAME, false);
    assertThat(new JdbcPlanLists(database.dataSource()).slice(ACME, all, now, 0, 10).plans())
        .hasSize(2)
        .allSatisfy(
            listed ->
                assertThat(listed.updated())
                    .isEqualTo(
                        listed.id().equals(plan.id()) ? Optional.of(one.id()) : Optional.empty()));
  }

  @Test
  void takesThePlanOfAnUpdateOnceWithItsParametersAndFurtherAddresses() throws SQLException {
    Plan first = preview();
    StandingStack one = become(first);
    graph = FakeGraph.shop(5);
    Plan plan = plans.previewUpdate(update(one), ALICE);

    PlanService.Taken taken = plans.acceptUpdate(plan.id(), one.id(), ALICE);

    assertThat(taken.parameters()).isEqualTo(PARAMETERS);
    assertThat(taken.plan().update()).isEqualTo(plan.update());
    assertThat(owners()).containsExactly(first.id().value());
    assertThat(fault(() -> plans.acceptUpdate(plan.id(), one.id(), ALICE)).code())
        .isEqualTo(FaultCode.STALE_PLAN);
    assertThat(asked)
        .allSatisfy(part -> assertThat(ids(first)).doesNotContain(part.id().toString()));
    new AddressBook(database.dataSource(), AddressBook.DEFAULT_POOLS).release(plan.id().value());
    assertThat(owners()).isEmpty();
  }

  @Test
  void whoActsForAnotherSeesTheSameAndKeepsItOnlyWhenItIsToBeDone() {
    StandingStack one = become(preview());
    graph = FakeGraph.shop(4);
    Plan asked = plans.previewUpdate(update(one), ALICE);

    ForeseenUpdate foreseen = plans.foreseeUpdate(update(one), new Foresight());
    assertThat(foreseen.plan()).isEmpty();
    assertThat(foreseen.graph()).isEqualTo(graph);
    assertThat(foreseen.changes()).isEqualTo(asked.update().orElseThrow().changes());
    assertThat(foreseen.cost())
        .isEqualTo(asked.update().get().difference(asked.placement().cost()));

    ForeseenUpdate planned = plans.planUpdate(update(one), "alice");
    Plan plan = planned.plan().orElseThrow();
    assertThat(planned.changes()).isEqualTo(foreseen.changes());
    assertThat(plan.createdBy()).isEqualTo("alice");
    assertThat(plans.require(plan.id(), ALICE)).isEqualTo(plan);
    assertThat(plans.acceptLeaving(plan.id(), one.id()).plan().id()).isEqualTo(plan.id());
  }

  /** Whoever has addresses. */
  private Set<UUID> owners() throws SQLException {
    Set<UUID> owners = new HashSet<>();
    try (Connection connection = database.dataSource().getConnection();
        Statement statement = connection.createStatement();
        ResultSet rows = statement.executeQuery("select owner from address_allocation")) {
      while (rows.next()) {
        owners.add(rows.getObject(1, UUID.class));
      }
    }
    return owners;
  }

  @Test
  void thePlanOfAnUpdateIsForItsStackAsItWasSeenAndForNothingElse() {
    Plan first = preview();
    StandingStack one = become(first);
    Plan plan = plans.previewUpdate(update(one), ALICE);

    assertThat(fault(() -> plans.accept(plan.id(), ALICE)).code()).isEqualTo(FaultCode.CONFLICT);
    assertThat(fault(() -> plans.acceptUpdate(plan.id(), UUID.randomUUID(), ALICE)).code())
        .isEqualTo(FaultCode.CONFLICT);
    assertThat(fault(() -> plans.acceptUpdate(first.id(), one.id(), ALICE)).code())
        .isEqualTo(FaultCode.CONFLICT);
    assertThat(fault(() -> plans.acceptUpdate(plan.id(), one.id(), BOB)).code())
        .isEqualTo(FaultCode.NOT_FOUND);
    assertThat(fault(() -> plans.previewUpdate(update(one), BOB)).code())
        .isEqualTo(FaultCode.NOT_FOUND);
    stack =
        Optional.of(
            new StandingStack(
                one.id(),
                ACME,
                "shop",
                8,
                one.template(),
                one.parameters(),
                one.policy(),
                one.plan(),
                one.graph(),
                one.stands(),
                "as it became"));
    FederationFault changed = fault(() -> plans.acceptUpdate(plan.id(), one.id(), ALICE));
    assertThat(changed.code()).isEqualTo(FaultCode.STALE_PLAN);
    assertThat(changed.getMessage()).contains("shop");
  }

  @Test
  void thePlanOfAnUpdateDoesNotOutliveItsPlacesOrTheBudget() {
    StandingStack one = become(preview());
    graph = FakeGraph.shop(4);
    Plan plan = plans.previewUpdate(update(one), ALICE);
    String cloud =
        plan.placement().parts().stream()
            .filter(part -> part.id().resource().equals("web/3"))
            .findFirst()
            .orElseThrow()
            .id()
            .cloud()
            .text();
    FederationSnapshot well = federation;

    federation =
        Federations.of(
            List.of("gra", "bhs", "syd").stream()
                .map(
                    id -> {
                      CloudBuilder it =
                          new CloudBuilder(id)
                              .region(
                                  id.equals("gra") ? "GRA-1" : id.toUpperCase(Locale.ROOT) + "-1",
                                  id.equals("gra") ? "a" : "nova");
                      return id.equals(cloud) ? it.disabled() : it;
                    })
                .toArray(CloudBuilder[]::new));
    assertThat(fault(() -> plans.acceptUpdate(plan.id(), one.id(), ALICE)).code())
        .isEqualTo(FaultCode.STALE_PLAN);
    federation = well;
    tooDear = Optional.of(Phrase.verbatim("too dear"));
    assertThat(fault(() -> plans.acceptUpdate(plan.id(), one.id(), ALICE)).code())
        .isEqualTo(FaultCode.BUDGET_EXCEEDED);
    assertThat(plans.tooDear(plan, ALICE)).isPresent();
    tooDear = Optional.empty();
    plans.acceptUpdate(plan.id(), one.id(), ALICE);
  }

  @Test
  void parametersThatAreNotGivenKeepTheirValuesUnlessTheyAreCleared() {
    drafts = new HotDrafts();
    String template =
        """
        heat_template_version: 2021-04-16
        parameters:
          name: {type: string, default: none}
          secret: {type: string, hidden: true, default: none}
        resources:
          net: {type: OS::Neutron::Net, properties: {name: {get_param: name}}}
        """;
    Plan first =
        plans.preview(
            new CreatePlan(
                ACME,
                "shop",
                TemplateSource.of(template),
                "",
                Json.createObjectBuilder().add("name", "a").add("secret", "s3cret").build(),
                Optional.of("")),
            ALICE);
    StandingStack made = become(first);
    StandingStack one =
        new StandingStack(
            made.id(),
            ACME,
            "shop",
            7,
            TemplateSource.of(template),
            Json.createObjectBuilder()
                .add("name", "a")
                .add("secret", "s3cret")
                .add("gone", "long ago")
                .build(),
            "",
            made.plan(),
            new HotDrafts()
                .read(ACME, "shop", made.template(), "", JsonValue.EMPTY_JSON_OBJECT)
                .graph(),
            made.stands(),
            "as it is");
    stack = Optional.of(one);

    JsonObject other = Json.createObjectBuilder().add("name", "b").build();
    assertThat(parameters(one, other, true, List.of())).containsEntry("name", text("b"));
    assertThat(parameters(one, other, true, List.of())).containsEntry("secret", text("s3cret"));
    assertThat(parameters(one, other, true, List.of())).doesNotContainKey("gone");
    assertThat(parameters(one, other, true, List.of("secret"))).doesNotContainKey("secret");
    assertThat(parameters(one, other, false, List.of())).doesNotContainKey("secret");
    Plan plan =
        plans.previewUpdate(
            new UpdatePlan(
                one.id(),
                Optional.empty(),
                "parameters: {name: c}",
                JsonValue.EMPTY_JSON_OBJECT,
                true,
                List.of(),
                Optional.empty()),
            ALICE);
    assertThat(plan.parameters().getString("name")).isEqualTo("c");
    assertThat(plan.parameters().getString("secret")).isEqualTo("******");

    Plan unveiling =
        plans.previewUpdate(
            new UpdatePlan(
                one.id(),
                Optional.of(TemplateSource.of(template.replace("hidden: true, ", ""))),
                "",
                JsonValue.EMPTY_JSON_OBJECT,
                true,
                List.of(),
                Optional.empty()),
            ALICE);
    assertThat(unveiling.parameters().getString("secret")).isEqualTo("none");
    assertThat(unveiling.toString()).doesNotContain("s3cret");
  }

  private static JsonValue text(String text) {
    return Json.createValue(text);
  }

  private JsonObject parameters(
      StandingStack one, JsonObject given, boolean existing, List<String> cleared) {
    Plan plan =
        plans.previewUpdate(
            new UpdatePlan(
                one.id(), Optional.empty(), "", given, existing, cleared, Optional.empty()),
            ALICE);
    return new JdbcPlanStore(database.dataSource(), new SecretBox(List.of(new byte[32])))
        .parameters(plan);
  }
}
