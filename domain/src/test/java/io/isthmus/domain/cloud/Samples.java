package io.isthmus.domain.cloud;

import io.isthmus.domain.access.ProjectId;
import io.isthmus.domain.language.Phrase;
import java.net.URI;
import java.time.Instant;
import java.time.LocalDate;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** Clouds to test with. */
final class Samples {

  static final ProjectId ACME = ProjectId.parse("acme/demo");
  static final ProjectId GLOBEX = ProjectId.parse("globex/demo");
  static final CloudId GRA = new CloudId("gra");
  static final CloudId BHS = new CloudId("bhs");
  static final Operator RIVAGE =
      new Operator("rivage", "Rivage", Optional.of("FR"), Optional.of(Set.of()));

  private Samples() {}

  static CloudDraft draft(CloudId cloud, ProjectId project, String password) {
    return new CloudDraft(
        cloud.text(),
        "Cloud " + cloud,
        facts("FR"),
        new CloudConnection(
            cloud,
            project,
            URI.create("https://203.0.114.1:5000/v3"),
            "public",
            List.of("R-1"),
            Optional.empty(),
            new Credential.Password(
                "user",
                Secret.of(password),
                "Default",
                Optional.of("demo"),
                Optional.empty(),
                "Default")));
  }

  static CloudFacts facts(String country) {
    return new CloudFacts(
        RIVAGE,
        new RegionFacts(Optional.of(country), Optional.of(new Coordinates(50.5, 2.25))),
        Map.of("R-1", new RegionFacts(Optional.empty(), Optional.empty())),
        List.of(new Certification("HDS", Optional.of(LocalDate.of(2027, 6, 30)))));
  }

  static CloudInventory inventory(Optional<Phrase> volumeProblem) {
    return new CloudInventory(
        Instant.parse("2026-11-25T03:00:00Z"),
        List.of(
            new RegionInventory(
                "R-1",
                List.of("r-1a", "r-1b"),
                List.of("nova"),
                List.of(
                    new Flavor("1", "m1.small", 1, 2048, 20, Map.of("hw:cpu_policy", "shared"))),
                List.of(
                    new Image("i", "debian-12", Optional.of("debian"), Optional.of("12"), 2, 0),
                    new Image("j", "blank", Optional.empty(), Optional.empty(), 0, 0)),
                List.of(new Network("n", "public", true)),
                List.of("classic"),
                Map.of(
                    "compute",
                    new Service("compute", "https://c/v2.1", Optional.of("2.90"), Optional.empty()),
                    "block-storage",
                    new Service("block-storage", "https://v/v3", Optional.empty(), volumeProblem)),
                Set.of("router"),
                Map.of(LimitKind.VCPUS, new Limit(40, 3), LimitKind.RAM_MIB, new Limit(-1, 1024)),
                Map.of(LimitKind.VCPUS, new Limit(128, 9)))));
  }
}
