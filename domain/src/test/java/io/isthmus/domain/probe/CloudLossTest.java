package io.isthmus.domain.probe;

import static org.assertj.core.api.Assertions.assertThat;

import io.isthmus.domain.cloud.CloudHealth;
import io.isthmus.domain.cloud.CloudId;
import io.isthmus.domain.cloud.CloudView;
import io.isthmus.domain.language.Phrase;
import io.isthmus.domain.placement.PartId;
import io.isthmus.domain.placement.Probe;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/** That a cloud does not answer is not that it is lost. */
class CloudLossTest {

  private static final Instant NOW = Instant.parse("2026-11-28T03:00:00Z");
  private static final CloudId GRA = new CloudId("gra");

  private final List<ProbeResult> probes = new ArrayList<>();

  private static CloudView cloud(CloudHealth.State state) {
    return new CloudView(
        GRA,
        "Gra",
        1,
        true,
        true,
        null,
        new CloudHealth(state, NOW.minusSeconds(300), Optional.empty(), Optional.empty()),
        Optional.empty());
  }

  private CloudLossTest probe(String name, String from, boolean answers, boolean failing, int ago) {
    ProbeState state =
        new ProbeState(
            answers ? ProbeState.Outcome.ANSWERED : ProbeState.Outcome.FAILED,
            answers ? Optional.empty() : Optional.of(Phrase.verbatim("no")),
            answers ? 0 : 3,
            NOW.minusSeconds(200),
            Optional.of(NOW.minusSeconds(ago)),
            failing);
    probes.add(
        new ProbeResult(
            new PartId(name, GRA, "R1"),
            Probe.tcp(22),
            Vantage.parse(from),
            Optional.of("127.0.0.1"),
            3,
            120,
            state));
    return this;
  }

  private CloudLoss.Verdict verdict() {
    return CloudLoss.of(cloud(CloudHealth.State.UNREACHABLE), probes, NOW).orElseThrow().verdict();
  }

  @Test
  void aCloudThatAnswersIsNotLostWhateverItsServersDo() {
    probe("web", "", false, true, 10);
    assertThat(CloudLoss.of(cloud(CloudHealth.State.REACHABLE), probes, NOW)).isEmpty();
    assertThat(CloudLoss.of(cloud(CloudHealth.State.DEGRADED), probes, NOW)).isEmpty();
  }

  @Test
  void withoutAProbeFromOutsideThereIsOneWitness() {
    assertThat(verdict()).isEqualTo(CloudLoss.Verdict.SINGLE);
    probe("web", "gra/R1", false, true, 10);
    assertThat(verdict()).as("from within").isEqualTo(CloudLoss.Verdict.SINGLE);
    probe("web", "", false, true, 400);
    assertThat(verdict()).as("long ago").isEqualTo(CloudLoss.Verdict.SINGLE);
  }

  @Test
  void oneServerThatAnswersShowsThatTheApiAloneIsAway() {
    probe("web", "", false, true, 10).probe("db", "", true, false, 10);
    assertThat(verdict()).isEqualTo(CloudLoss.Verdict.API_ALONE);
    CloudLoss loss = CloudLoss.of(cloud(CloudHealth.State.UNREACHABLE), probes, NOW).orElseThrow();
    assertThat(loss.probed()).isEqualTo(2);
    assertThat(loss.answering()).isEqualTo(1);
    assertThat(loss.failing()).isEqualTo(1);
  }

  @Test
  void oneThatAnswersFromElsewhereDoesSo() {
    probe("web", "", false, true, 10).probe("web", "bhs", true, false, 10);
    assertThat(verdict()).isEqualTo(CloudLoss.Verdict.API_ALONE);
  }

  @Test
  void twoWitnessesNeedAllThatAreProbedForLongEnough() {
    probe("web", "", false, true, 10).probe("db", "", false, false, 10);
    assertThat(verdict()).isEqualTo(CloudLoss.Verdict.OPEN);
    probes.remove(1);
    assertThat(verdict()).isEqualTo(CloudLoss.Verdict.BOTH);
    probe("web", "bhs", false, false, 10);
    assertThat(verdict()).as("not decided elsewhere").isEqualTo(CloudLoss.Verdict.OPEN);
  }
}
