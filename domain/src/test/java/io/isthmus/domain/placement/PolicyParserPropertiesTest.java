package io.isthmus.domain.placement;

import static org.assertj.core.api.Assertions.assertThat;

import io.isthmus.domain.fault.FaultCode;
import io.isthmus.domain.fault.FederationFault;
import io.isthmus.domain.fault.Violation;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.OptionalInt;
import java.util.Random;
import java.util.stream.Stream;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import net.jqwik.api.constraints.Size;

/** Whatever is given, a policy is read as it was meant or refused in words, at its line. */
class PolicyParserPropertiesTest {

  private static final String HEAD = "placement_policy_version: 2026-11-23\n";
  private static final String WHOLE =
      HEAD
          + """
          rules:
            - name: web tier survives a cloud
              match: { types: [OS::Nova::Server], names: ["web*"], metadata: {tier: web}, groups: [web] }
              residency: { jurisdictions: [EU, CH, CA], operators_exposed_to: { none_of: [US] } }
              spread:
                - { across: operator, max_skew: 1, min_domains: 2 }
                - { across: availability_zone, max_skew: 1, when_unsatisfiable: schedule_anyway }
            - name: database stays home
              match: { names: [db] }
              clouds: { any_of: [gra], none_of: [syd] }
              require: { capabilities: [volume], certifications: [HDS], when_unsatisfiable: leave_out }
            - name: keep web near db
              affinity: { of: ["web*"], to: [db], max_latency_ms: 40 }
          prefer: { cost: 3, latency_from: { FR: 2, CA: 1 }, headroom: 1 }
          """;

  @Property(tries = 500)
  void anyTextIsReadOrRefused(@ForAll String text) {
    readOrRefused(text);
    readOrRefused(HEAD + text);
    readOrRefused(HEAD + "rules: [" + text + "]\n");
  }

  @Property(tries = 2000)
  void aDamagedPolicyIsReadOrRefused(
      @ForAll long seed, @ForAll @IntRange(min = 1, max = 8) int cuts) {
    readOrRefused(damaged(WHOLE, new Random(seed), cuts));
  }

  @Property(tries = 500)
  void aDamagedSampleIsReadOrRefused(
      @ForAll long seed, @ForAll @IntRange(min = 1, max = 8) int cuts) {
    Random random = new Random(seed);
    List<String> samples = samples();
    readOrRefused(damaged(samples.get(random.nextInt(samples.size())), random, cuts));
  }

  @Property(tries = 500)
  void whatIsAcceptedIsWhatWasWritten(
      @ForAll @Size(min = 1, max = 4) List<SpreadDomain> across,
      @ForAll @IntRange(min = 1, max = 9) int skew,
      @ForAll @IntRange(min = 1, max = 9) int domains,
      @ForAll @IntRange(min = 1, max = 999) int latency,
      @ForAll boolean soft,
      @ForAll boolean block) {
    StringBuilder text = new StringBuilder(HEAD).append("rules:\n  - name: it\n    spread:\n");
    for (SpreadDomain domain : across) {
      String[] members = {
        "across: " + domain.text(),
        "max_skew: " + skew,
        soft ? "when_unsatisfiable: schedule_anyway" : "min_domains: " + domains
      };
      text.append(
          block
              ? "      - " + String.join("\n        ", members) + "\n"
              : "      - {" + String.join(", ", members) + "}\n");
    }
    text.append("    affinity: {of: [a], to: [b], max_latency_ms: ").append(latency).append("}\n");

    PolicyRule rule = new PolicyParser().parse(text.toString()).rules().get(0);

    assertThat(rule.spread())
        .containsExactlyElementsOf(
            across.stream()
                .map(domain -> new SpreadConstraint(domain, skew, soft ? 1 : domains, !soft))
                .toList());
    assertThat(rule.affinity().orElseThrow().maxLatencyMs()).isEqualTo(OptionalInt.of(latency));
    assertThat(rule.line()).isEqualTo(3);
  }

  private static List<String> samples() {
    try (Stream<Path> files = Files.walk(Path.of("..", "samples"))) {
      return files
          .filter(file -> file.endsWith("policy.yaml"))
          .sorted()
          .map(PolicyParserPropertiesTest::text)
          .toList();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static String text(Path file) {
    try {
      return Files.readString(file);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static String damaged(String text, Random random, int cuts) {
    StringBuilder damaged = new StringBuilder(text);
    String noise = "{}[]:,-&*!|>'\"%@ \nabc0.~";
    for (int i = 0; i < cuts; i++) {
      int at = random.nextInt(damaged.length());
      switch (random.nextInt(4)) {
        case 0 -> damaged.delete(at, Math.min(damaged.length(), at + random.nextInt(20)));
        case 1 -> damaged.insert(at, noise.charAt(random.nextInt(noise.length())));
        case 2 -> damaged.setCharAt(at, noise.charAt(random.nextInt(noise.length())));
        default -> {
          int from = random.nextInt(damaged.length());
          int to = Math.min(damaged.length(), from + random.nextInt(60));
          damaged.insert(at, damaged.substring(from, to));
        }
      }
    }
    return damaged.toString();
  }

  private static void readOrRefused(String text) {
    PlacementPolicy policy;
    try {
      policy = new PolicyParser().parse(text);
    } catch (FederationFault refused) {
      assertThat(refused.code()).isIn(FaultCode.POLICY_INVALID, FaultCode.TOO_LARGE);
      assertThat(refused.violations()).isNotEmpty();
      long lines = text.lines().count() + 1;
      assertThat(refused.violations())
          .extracting(Violation::line)
          .allSatisfy(line -> assertThat((long) line).isBetween(1L, lines));
      return;
    }
    assertThat(policy.rules()).extracting(PolicyRule::name).doesNotHaveDuplicates();
    assertThat(policy.rules())
        .allSatisfy(
            rule ->
                assertThat(Arrays.asList(rule.residency(), rule.clouds(), rule.needs()))
                    .doesNotContainNull());
  }
}
