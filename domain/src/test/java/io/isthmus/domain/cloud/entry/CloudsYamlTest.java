package io.isthmus.domain.cloud.entry;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import io.isthmus.domain.access.ProjectId;
import io.isthmus.domain.cloud.AddressGuard;
import io.isthmus.domain.cloud.Certification;
import io.isthmus.domain.cloud.CloudDraft;
import io.isthmus.domain.cloud.CloudDrafts;
import io.isthmus.domain.cloud.CloudFacts;
import io.isthmus.domain.cloud.CloudId;
import io.isthmus.domain.cloud.Coordinates;
import io.isthmus.domain.cloud.Credential;
import io.isthmus.domain.cloud.EntryProblem;
import io.isthmus.domain.cloud.RoundTrip;
import io.isthmus.domain.fault.FaultCode;
import io.isthmus.domain.fault.FederationFault;
import io.isthmus.domain.fault.Violation;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.LocalDate;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class CloudsYamlTest {

  private static final String AUTH =
      """
          auth:
            auth_url: https://203.0.114.1:5000/v3
            username: acme
            password: 0123
            project_name: demo
      """;

  private final CloudsYaml yaml = new CloudsYaml(new AddressGuard("production", Optional.empty()));

  @Test
  void readsAnEntryAsOpenstacksdkDoesAndItsFacts() {
    CloudDraft draft =
        only(
            """
            clouds:
              gra:
                auth:
                  auth_url: https://203.0.114.1:5000/v3
                  username: acme
                  password: 0123
                  project_name: demo
                  user_domain_name: People
                  project_domain_name: Work
                regions: [GRA-1, {name: GRA-2, values: {}}]
                interface: internal
                identity_api_version: 3
                compute_api_version: "2.1"
                isthmus:
                  cloud: gra
                  name: Rivage Gravelines
                  project: acme/shop
                  operator: {id: rivage, name: Rivage, seat: fr, exposed_to: []}
                  country: FR
                  coordinates: [50.99, 2.13]
                  certifications: [{name: HDS, until: 2027-06-30}, C5]
                  regions:
                    GRA-2: {country: NO}
            """);
    assertThat(draft.name()).isEqualTo("Rivage Gravelines");
    assertThat(draft.connection().project()).isEqualTo(ProjectId.parse("acme/shop"));
    assertThat(draft.connection().authUrl()).isEqualTo(URI.create("https://203.0.114.1:5000/v3"));
    assertThat(draft.connection().regions()).containsExactly("GRA-1", "GRA-2");
    assertThat(draft.connection().endpointInterface()).isEqualTo("internal");
    assertThat(draft.connection().credential())
        .isInstanceOfSatisfying(
            Credential.Password.class,
            password -> {
              assertThat(password.password().reveal()).isEqualTo("0123");
              assertThat(password.userDomainName()).isEqualTo("People");
              assertThat(password.projectDomainName()).isEqualTo("Work");
            });
    CloudFacts facts = draft.facts();
    assertThat(facts.operator().seat()).contains("FR");
    assertThat(facts.operator().exposedTo()).contains(Set.of());
    assertThat(facts.certifications())
        .containsExactly(
            new Certification("HDS", Optional.of(LocalDate.of(2027, 6, 30))),
            new Certification("C5", Optional.empty()));
    assertThat(facts.of("GRA-1").coordinates()).contains(new Coordinates(50.99, 2.13));
    assertThat(facts.of("GRA-2").country()).contains("NO");
    assertThat(facts.of("GRA-2").coordinates()).isEmpty();
  }

  @Test
  void whatIsNotToldIsUnknownAndTheEntryNamesTheCloud() {
    CloudDraft draft = only("clouds:\n  Lab GRA.1:\n" + AUTH);
    assertThat(draft.cloud()).isEqualTo(new CloudId("lab-gra-1"));
    assertThat(draft.connection().project()).isEqualTo(ProjectId.parse("acme/demo"));
    assertThat(draft.facts().operator().seat()).isEmpty();
    assertThat(draft.facts().operator().exposedTo()).isEmpty();
    assertThat(draft.facts().base().country()).isEmpty();
  }

  @Test
  void readsAnApplicationCredential() {
    CloudDraft draft =
        only(
            """
            auth_type: v3applicationcredential
            auth:
              auth_url: https://203.0.114.1/v3
              application_credential_id: abc
              application_credential_secret: s3cret
            """);
    assertThat(draft.connection().credential())
        .isInstanceOf(Credential.ApplicationCredential.class);
    assertThat(draft.toString()).doesNotContain("s3cret");
  }

  @Test
  void factsBesideTheFileHaveTheLastWord() {
    CloudDrafts drafts =
        yaml.read(
            new CloudsYaml.Source(
                "clouds.yaml",
                "clouds:\n  one:\n"
                    + AUTH
                    + "    isthmus: {cloud: gra, country: FR, name: Here}\n"),
            Optional.of(
                new CloudsYaml.Source(
                    "facts.yaml", "gra: {country: BE}\none: {coordinates: [1, 2]}\nlost: {}\n")),
            Optional.empty());
    CloudFacts facts = drafts.drafts().get(0).facts();
    assertThat(facts.base().country()).contains("BE");
    assertThat(facts.base().coordinates()).contains(new Coordinates(1, 2));
    assertThat(lines(drafts)).singleElement().asString().startsWith("facts.yaml lost:");
  }

  @Test
  void entriesOfOneCloudAreItsAccesses() {
    CloudDrafts drafts =
        read(
            "clouds:\n  gra:\n"
                + AUTH
                + "    isthmus: {cloud: gra, country: FR}\n  gra-globex:\n"
                + AUTH
                + "    isthmus: {cloud: gra, project: globex/demo}\n");
    assertThat(drafts.problems()).isEmpty();
    assertThat(drafts.drafts()).hasSize(2);
    assertThat(drafts.drafts().get(1).facts()).isEqualTo(drafts.drafts().get(0).facts());
  }

  @Test
  void entriesOfOneCloudMayNotContradictEachOther() {
    CloudDrafts drafts =
        read(
            "clouds:\n  gra:\n"
                + AUTH
                + "    isthmus: {cloud: gra, country: FR}\n  other:\n"
                + AUTH
                + "    isthmus: {cloud: gra, project: globex/demo, country: BE}\n  again:\n"
                + AUTH
                + "    isthmus: {cloud: gra}\n");
    assertThat(drafts.drafts()).hasSize(1);
    assertThat(lines(drafts)).hasSize(2);
    assertThat(lines(drafts).get(0)).contains("“other” and “gra”", "isthmus");
    assertThat(lines(drafts).get(1)).contains("two entries for acme/demo");
  }

  @Test
  void aBadEntryIsToldWithEachFieldItsLineAndRemedyAndSpoilsNoOther() {
    CloudDrafts drafts =
        read(
            """
            clouds:
              bad:
                auth:
                  auth_url: ftp://somewhere
                  username: acme
                  project_name: demo
                verify: false
                interface: inside
                isthmus:
                  country: Frankreich
                  coordinates: [91, 0]
                  contry: FR
                  cloud: Gra
                  project: acme
                  operator: {name: Rivage}
              good:
            """
                + AUTH);
    assertThat(drafts.drafts()).extracting(CloudDraft::entry).containsExactly("good");
    assertThat(drafts.problems()).extracting(EntryProblem::entry).containsOnly("bad");
    assertThat(drafts.problems())
        .extracting(problem -> problem.violation().pointer())
        .containsExactlyInAnyOrder(
            "clouds.bad.auth.auth_url",
            "clouds.bad.auth.password",
            "clouds.bad.verify",
            "clouds.bad.interface",
            "clouds.bad.isthmus.country",
            "clouds.bad.isthmus.coordinates",
            "clouds.bad.isthmus.contry",
            "clouds.bad.isthmus.cloud",
            "clouds.bad.isthmus.project",
            "clouds.bad.isthmus.operator.id");
    assertThat(drafts.problems())
        .allSatisfy(
            problem -> {
              assertThat(problem.violation().line()).isPositive();
              assertThat(problem.violation().remedy()).isPresent();
              assertThat(problem.in(Locale.FRENCH)).doesNotContainPattern("cloud\\.[a-z]");
            });
    assertThat(lines(drafts))
        .contains(
            "clouds.yaml:10 clouds.bad.isthmus.country: “clouds.bad.isthmus.country: FRANKREICH” is no"
                + " country. Use two letters of ISO 3166-1, such as FR, CA or AU; in exposed_to also"
                + " EU.");
    assertThatThrownBy(drafts::orThrow)
        .isInstanceOfSatisfying(
            FederationFault.class,
            fault -> assertThat(fault.code()).isEqualTo(FaultCode.CLOUD_INVALID));
  }

  @Test
  void aMisspeltKeyIsToldWhereItStandsAndNotAlsoAsMissing() {
    List<EntryProblem> problems =
        read("""
            clouds:
              gra:
                auth:
                  auth_ur: https://203.0.114.1:5000/v3
                  username: acme
                  pasword: "0123"
                  project_name: demo
                regio_name: GRA-1
                image_api_version: 2
                cert: client.pem
            """)
            .problems();
    assertThat(problems)
        .extracting(problem -> problem.violation().pointer() + ":" + problem.violation().line())
        .containsExactly(
            "clouds.gra.regio_name:8", "clouds.gra.auth.auth_ur:4", "clouds.gra.auth.pasword:6");
    assertThat(problems.get(2).violation().message().in(Locale.ENGLISH))
        .isEqualTo("“clouds.gra.auth.pasword” is not known; did you mean “password”?");
  }

  @Test
  void anAddressOfThisMachineIsRefusedInProduction() {
    CloudDrafts drafts =
        read("clouds:\n  here:\n" + AUTH.replace("https://203.0.114.1:5000", "http://127.0.0.1"));
    assertThat(drafts.drafts()).isEmpty();
    assertThat(lines(drafts).get(0)).contains("clouds.here.auth.auth_url", "this server itself");
  }

  @Test
  void signInByOtherMeansIsRefusedByName() {
    assertThat(lines(read("clouds:\n  sso:\n    auth_type: v3oidcpassword\n" + AUTH)).get(0))
        .contains("auth_type", "v3oidcpassword");
    assertThat(lines(read("clouds:\n  away:\n    profile: vendor\n" + AUTH)).get(0))
        .contains("profile");
  }

  @Test
  void whatIsNoYamlOrHoldsNoEntryIsTold() {
    assertThat(lines(read("clouds: [")).get(0)).startsWith("clouds.yaml:1");
    assertThat(lines(read("- a\n"))).isNotEmpty();
    assertThat(lines(read("clouds: {}\n")).get(0)).contains("no entry");
  }

  @Test
  void aPastedTextMayNameNoFileOfTheServer(@TempDir Path folder) throws Exception {
    String text = "clouds:\n  gra:\n" + AUTH + "    cacert: ca.pem\n";
    assertThat(lines(read(text)).get(0)).contains("cacert", "pasted");

    Files.writeString(folder.resolve("ca.pem"), "no certificate");
    CloudDrafts wrong =
        yaml.read(
            new CloudsYaml.Source("clouds.yaml", text), Optional.empty(), Optional.of(folder));
    assertThat(lines(wrong).get(0)).contains("no certificate in PEM");
  }

  @Test
  void readsFactsAlone() {
    CloudFacts facts =
        yaml.readFacts(new CloudId("gra"), "Gravelines", "country: FR\ncertifications: [HDS]\n");
    assertThat(facts.base().country()).contains("FR");
    assertThatThrownBy(() -> yaml.readFacts(new CloudId("gra"), "G", "land: FR"))
        .isInstanceOf(FederationFault.class);
  }

  @Test
  void readsWhatWasMeasuredAndWhatWasAgreed() {
    CloudFacts facts =
        yaml.readFacts(
            new CloudId("gra"),
            "Gravelines",
            "latency_ms: {bhs: {rtt_ms: 84.5, measured_at: 2026-11-20}, syd/SYD: 270}");

    assertThat(facts.base().latencies())
        .isEqualTo(
            Map.of(
                "bhs", RoundTrip.measured(84.5, LocalDate.of(2026, 11, 20)),
                "syd/SYD", RoundTrip.declared(270)));
  }

  @Test
  void tellsWhatIsWrongWithAMeasurement() {
    assertThat(mistakes("latency_ms: {bhs: {rtt_ms: fast, measured_at: 20/11/2026, by: me}}"))
        .containsExactlyInAnyOrder(
            "latency_ms.bhs.rtt_ms", "latency_ms.bhs.measured_at", "latency_ms.bhs.by");
    assertThat(mistakes("latency_ms: {bhs: {rtt_ms: 84}}"))
        .containsExactly("latency_ms.bhs.measured_at");
    assertThat(mistakes("latency_ms: {bhs: {rtt_ms: 84, measured_at: 2999-01-01}}"))
        .containsExactly("latency_ms.bhs.measured_at");
  }

  private List<String> mistakes(String facts) {
    return catchThrowableOfType(
            FederationFault.class, () -> yaml.readFacts(new CloudId("gra"), "G", facts))
        .violations()
        .stream()
        .map(Violation::pointer)
        .toList();
  }

  private CloudDrafts read(String text) {
    return yaml.read(
        new CloudsYaml.Source("clouds.yaml", text), Optional.empty(), Optional.empty());
  }

  private CloudDraft only(String text) {
    return read(text).orThrow().get(0);
  }

  private static List<String> lines(CloudDrafts drafts) {
    return drafts.problems().stream().map(problem -> problem.in(Locale.ENGLISH)).toList();
  }
}
