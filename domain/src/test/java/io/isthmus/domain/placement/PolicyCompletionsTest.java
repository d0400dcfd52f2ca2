package io.isthmus.domain.placement;

import static org.assertj.core.api.Assertions.assertThat;

import io.isthmus.domain.yaml.Suggestion;
import java.util.List;
import org.junit.jupiter.api.Test;

class PolicyCompletionsTest {

  private static final String HEAD = "placement_policy_version: 2026-11-23\nrules:\n";

  private static List<String> labels(String text) {
    int caret = text.indexOf('|');
    String before = text.substring(0, caret);
    int line = (int) before.chars().filter(c -> c == '\n').count() + 1;
    return PolicyCompletions.at(
            before + text.substring(caret + 1),
            line,
            caret - before.lastIndexOf('\n') - 1,
            new PolicyCompletions.Names(
                List.of("bhs", "gra"), List.of("db", "web"), List.of("HDS")))
        .stream()
        .map(Suggestion::label)
        .toList();
  }

  @Test
  void keysAreThoseOfThePlace() {
    assertThat(labels("|")).containsExactly("placement_policy_version", "rules", "prefer");
    assertThat(labels(HEAD + "  - name: x\n    |"))
        .contains("match", "spread")
        .contains("failover")
        .doesNotContain("name");
    assertThat(labels(HEAD + "  - name: x\n    residency:\n      |"))
        .containsExactly("jurisdictions", "operators_exposed_to");
    assertThat(labels(HEAD + "  - name: x\n    failover:\n      |"))
        .containsExactly("mode", "after", "tries", "probes", "on_return");
    assertThat(labels(HEAD + "  - name: x\n    failover:\n      mode: |"))
        .containsExactly("never", "standby");
    assertThat(labels(HEAD + "  - name: x\n    failover:\n      on_return: |"))
        .containsExactly("remove", "ask");
    assertThat(labels(HEAD + "  - name: x\n    failover:\n      probes:\n        - |"))
        .contains("https", "http", "tcp");
    assertThat(labels(HEAD + "  - name: x\n    spread:\n      - { across: cloud, |"))
        .containsExactly("max_skew", "min_domains", "when_unsatisfiable");
    assertThat(labels(HEAD + "prefer: { |")).contains("cost", "headroom");
  }

  @Test
  void valuesAreThoseThatAreTaken() {
    assertThat(labels("placement_policy_version: |")).containsExactly(PlacementPolicy.VERSION);
    assertThat(labels(HEAD + "  - name: x\n    clouds: { any_of: [gra, |")).containsExactly("bhs");
    assertThat(labels(HEAD + "  - name: x\n    clouds:\n      none_of:\n        - |"))
        .containsExactly("bhs", "gra");
    assertThat(labels(HEAD + "  - name: x\n    spread:\n      - across: |"))
        .contains("operator", "availability_zone");
    assertThat(labels(HEAD + "  - name: x\n    residency:\n      jurisdictions: [|"))
        .startsWith("EU", "EEA")
        .contains("FR", "CA");
    assertThat(labels(HEAD + "  - name: x\n    match: { types: [|")).contains("OS::Nova::Server");
    assertThat(labels(HEAD + "  - name: x\n    require: { capabilities: [|")).contains("volume");
    assertThat(labels(HEAD + "  - name: x\n    require: { certifications: [|"))
        .containsExactly("HDS");
    assertThat(labels(HEAD + "  - name: x\n    affinity: { of: [db, |")).containsExactly("web");
    assertThat(labels(HEAD + "  - name: x\n    match: { names: [|")).containsExactly("db", "web");
    assertThat(labels(HEAD + "prefer: { latency_from: { |")).contains("FR", "CA");
  }

  @Test
  void whatIsOfferedIsTaken() {
    PolicyParser parser = new PolicyParser();
    for (String domain : labels(HEAD + "  - name: x\n    spread:\n      - across: |")) {
      assertThat(parser.parse(HEAD + "  - name: x\n    spread:\n      - across: " + domain).rules())
          .hasSize(1);
    }
  }
}
