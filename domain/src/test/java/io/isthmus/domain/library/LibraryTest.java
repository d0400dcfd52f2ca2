package io.isthmus.domain.library;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import io.isthmus.domain.access.Caller;
import io.isthmus.domain.access.ProjectId;
import io.isthmus.domain.fault.FaultCode;
import io.isthmus.domain.fault.FederationFault;
import io.isthmus.domain.start.TestDatabase;
import io.isthmus.domain.template.TemplateSource;
import io.isthmus.domain.tenant.TenantService;
import io.isthmus.domain.tenant.TenantStores;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Set;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class LibraryTest {

  private static final OptionalLong ANY = OptionalLong.empty();
  private static final ProjectId ACME = ProjectId.parse("acme/demo");
  private static final ProjectId GLOBEX = ProjectId.parse("globex/demo");
  private static final Caller ALICE = new Caller("a-1", "alice", Set.of("acme"), Set.of());
  private static final Caller BOB = new Caller("b-2", "bob", Set.of("globex"), Set.of());

  private TestDatabase database;
  private Library library;

  @BeforeEach
  void open() {
    database = TestDatabase.create();
    TenantService tenants = TenantStores.withProjects(database, ACME, GLOBEX);
    library = new Library(new JdbcLibraryStore(database.dataSource()), tenants);
  }

  @AfterEach
  void close() {
    database.close();
  }

  private static SaveItem policy(String name, String cloud, int seen) {
    return new SaveItem(
        ACME,
        ItemKind.POLICY,
        name,
        "",
        TemplateSource.of(
            "placement_policy_version: 2026-11-23\nrules: [{name: a, clouds: {any_of: ["
                + cloud
                + "]}}]"),
        "",
        seen);
  }

  private static FaultCode code(ThrowingCallable call) {
    return catchThrowableOfType(FederationFault.class, call).code();
  }

  @Test
  void keepsEveryVersionAndTellsTheLatest() {
    library.save(policy("At home", "gra", 0), ALICE);
    library.save(policy("At home", "bhs", 1), ALICE);

    List<SavedItem> versions = library.versions(ACME, ItemKind.POLICY, "At home", ALICE);

    assertThat(versions).extracting(SavedItem::version).containsExactly(2, 1);
    assertThat(versions.get(1).source().text()).contains("[gra]");
    assertThat(library.list(ACME, ItemKind.POLICY, ALICE)).containsExactly(versions.get(0));
    assertThat(versions.get(0).savedBy()).isEqualTo("alice");
  }

  @Test
  void keepsATemplateWithItsFiles() {
    TemplateSource source =
        new TemplateSource(
            "heat_template_version: 2018-08-31\nresources: {a: {type: OS::Heat::RandomString}}\n",
            Map.of("init.sh", "#!/bin/sh\n"));

    library.save(
        new SaveItem(ACME, ItemKind.TEMPLATE, "one", "A word", source, "parameters: {}\n", 0),
        ALICE);

    SavedItem saved = library.list(ACME, ItemKind.TEMPLATE, ALICE).get(0);
    assertThat(saved.source()).isEqualTo(source);
    assertThat(saved.description()).isEqualTo("A word");
  }

  @Test
  void losesNobodysVersion() {
    library.save(policy("a", "gra", 0), ALICE);

    assertThat(code(() -> library.save(policy("a", "bhs", 0), ALICE)))
        .isEqualTo(FaultCode.NAME_TAKEN);
    library.save(policy("a", "bhs", 1), ALICE);
    assertThat(code(() -> library.save(policy("a", "syd", 1), ALICE)))
        .isEqualTo(FaultCode.STALE_VERSION);
  }

  @Test
  void savesNothingThatCannotBeRead() {
    assertThat(
            code(
                () ->
                    library.save(
                        new SaveItem(
                            ACME, ItemKind.POLICY, "a", "", TemplateSource.of("rules: 1"), "", 0),
                        ALICE)))
        .isEqualTo(FaultCode.POLICY_INVALID);
    assertThat(
            code(
                () ->
                    library.save(
                        new SaveItem(
                            ACME, ItemKind.TEMPLATE, "a", "", TemplateSource.of("x: 1"), "", 0),
                        ALICE)))
        .isEqualTo(FaultCode.TEMPLATE_INVALID);
    assertThat(library.list(ACME, ItemKind.POLICY, ALICE)).isEmpty();
    assertThat(code(() -> policy("../x", "gra", 0))).isEqualTo(FaultCode.REQUEST_INVALID);
  }

  @Test
  void keepsTheEnvironmentOfATemplateWhichMustFitIt() {
    TemplateSource template =
        new TemplateSource(
            """
            heat_template_version: 2018-08-31
            parameters: {size: {type: number}}
            resources: {disk: {type: My::Disk, properties: {size: {get_param: size}}}}
            """,
            Map.of());
    String environment =
        "parameters: {size: 3}\nresource_registry: {'My::Disk': 'OS::Cinder::Volume'}\n";
    SavedItem saved =
        library.save(
            new SaveItem(ACME, ItemKind.TEMPLATE, "disk", "", template, environment, 0), ALICE);

    assertThat(saved.environment()).isEqualTo(environment);
    assertThat(library.list(ACME, ItemKind.TEMPLATE, ALICE)).containsExactly(saved);
    SaveItem wrong =
        new SaveItem(
            ACME,
            ItemKind.TEMPLATE,
            "disk",
            "",
            template,
            environment.replace("3", "much"),
            saved.latest());
    assertThat(code(() -> library.save(wrong, ALICE))).isEqualTo(FaultCode.PARAMETER_INVALID);
  }

  @Test
  void anEnvironmentThatTellsAHiddenParameterIsNotKept() {
    TemplateSource template =
        new TemplateSource(
            """
            heat_template_version: 2018-08-31
            parameters: {password: {type: string, hidden: true}}
            resources: {tier: {type: tier.yaml}}
            """,
            Map.of(
                "tier.yaml",
                """
                heat_template_version: 2018-08-31
                parameters: {pin: {type: string, hidden: true, default: '1'}}
                resources: {}
                """));

    for (String environment :
        List.of(
            "parameters: {password: s3cret-word}",
            "parameter_defaults: {password: s3cret-word}",
            "parameter_defaults: {pin: s3cret-word}")) {
      FederationFault fault =
          catchThrowableOfType(
              FederationFault.class,
              () ->
                  library.save(
                      new SaveItem(ACME, ItemKind.TEMPLATE, "t", "", template, environment, 0),
                      ALICE));
      assertThat(fault).as(environment).isNotNull();
      assertThat(fault.code()).isEqualTo(FaultCode.PARAMETER_INVALID);
      assertThat(fault.violations().get(0).pointer()).startsWith("environment.parameter");
      assertThat(fault.toString() + fault.violations()).doesNotContain("s3cret-word");
    }
    assertThat(library.list(ACME, ItemKind.TEMPLATE, ALICE)).isEmpty();
    String harmless = "parameter_defaults: {another: 1}";
    assertThat(
            library.save(
                new SaveItem(ACME, ItemKind.TEMPLATE, "t", "", template, harmless, 0), ALICE))
        .isNotNull();
  }

  @Test
  void oneOfThePoliciesIsTheDefaultInItsLatestVersion() {
    library.save(policy("a", "gra", 0), ALICE);
    library.save(policy("b", "bhs", 0), ALICE);
    assertThat(library.policyOf(ACME)).isEmpty();

    library.makeDefault(ACME, Optional.of("a"), ALICE);
    library.makeDefault(ACME, Optional.of("b"), ALICE);
    library.save(policy("b", "syd", 1), ALICE);

    assertThat(library.policyOf(ACME).orElseThrow()).contains("[syd]");
    assertThat(library.policyOf(GLOBEX)).isEmpty();
    assertThat(code(() -> library.remove(ACME, ItemKind.POLICY, "b", ANY, ALICE)))
        .isEqualTo(FaultCode.CONFLICT);
    assertThat(code(() -> library.makeDefault(ACME, Optional.of("c"), ALICE)))
        .isEqualTo(FaultCode.NOT_FOUND);
    assertThat(library.policyOf(ACME)).isPresent();

    library.makeDefault(ACME, Optional.empty(), ALICE);
    assertThat(code(() -> library.remove(ACME, ItemKind.POLICY, "b", OptionalLong.of(1), ALICE)))
        .isEqualTo(FaultCode.STALE_VERSION);
    library.remove(ACME, ItemKind.POLICY, "b", OptionalLong.of(2), ALICE);
    assertThat(library.list(ACME, ItemKind.POLICY, ALICE))
        .extracting(SavedItem::name)
        .containsExactly("a");
  }

  @Test
  void anotherTenantsProjectLooksLikeAMissingOne() {
    library.save(policy("a", "gra", 0), ALICE);

    assertThat(code(() -> library.list(ACME, ItemKind.POLICY, BOB))).isEqualTo(FaultCode.NOT_FOUND);
    assertThat(code(() -> library.versions(ACME, ItemKind.POLICY, "a", BOB)))
        .isEqualTo(FaultCode.NOT_FOUND);
    assertThat(code(() -> library.save(policy("a", "gra", 1), BOB))).isEqualTo(FaultCode.NOT_FOUND);
    assertThat(code(() -> library.remove(ACME, ItemKind.POLICY, "a", ANY, BOB)))
        .isEqualTo(FaultCode.NOT_FOUND);
    assertThat(code(() -> library.makeDefault(ACME, Optional.of("a"), BOB)))
        .isEqualTo(FaultCode.NOT_FOUND);
  }
}
