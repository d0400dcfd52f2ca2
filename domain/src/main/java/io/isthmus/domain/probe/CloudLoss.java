package io.isthmus.domain.probe;

import io.isthmus.domain.cloud.CloudHealth;
import io.isthmus.domain.cloud.CloudId;
import io.isthmus.domain.cloud.CloudView;
import io.isthmus.domain.placement.PartId;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * What is known of a cloud whose API does not answer, of which a stack has servers: that it cannot
 * be reached is one witness, and says nothing of whether what is in it works. Probes of its servers
 * from outside are another.
 *
 * @param silentSince when its API was first found not to answer
 * @param probed how many of the stack's servers there are probed from outside, and were lately
 * @param answering how many of them answer all that they are asked, from somewhere
 * @param failing how many fail something often enough, for long enough, from everywhere
 * @param vantages from how many places they are probed; from a single one nobody can tell whether
 *     the cloud is lost or the way to it
 */
public record CloudLoss(
    CloudId cloud,
    Instant silentSince,
    int probed,
    int answering,
    int failing,
    int vantages,
    Verdict verdict) {

  /** What was asked longer ago says nothing of now. */
  private static final Duration LATELY = Duration.ofMinutes(5);

  /** What the witnesses say together. */
  public enum Verdict {
    /** Some of its servers answer: it is not lost, its API is away. */
    API_ALONE,
    /** None of those that are probed answers, for long enough. */
    BOTH,
    /** Some fail, but not all, or not for long enough. */
    OPEN,
    /** No server there is probed from outside: there is one witness. */
    SINGLE;

    /** As the API names it. */
    public String text() {
      return name().toLowerCase(Locale.ROOT);
    }
  }

  /**
   * @return empty when the cloud answers
   */
  static Optional<CloudLoss> of(CloudView cloud, List<ProbeResult> probes, Instant now) {
    if (cloud.health().state() != CloudHealth.State.UNREACHABLE) {
      return Optional.empty();
    }
    List<ProbeResult> lately =
        probes.stream()
            .filter(probe -> probe.part().cloud().equals(cloud.id()))
            .filter(probe -> !probe.vantage().isWithin(cloud.id()))
            .filter(
                probe ->
                    probe.state().triedAt().filter(at -> at.isAfter(now.minus(LATELY))).isPresent())
            .toList();
    Set<PartId> probed = lately.stream().map(ProbeResult::part).collect(Collectors.toSet());
    int answering =
        (int)
            probed.stream().filter(part -> of(part, lately).allMatch(CloudLoss::answered)).count();
    int failing =
        (int) probed.stream().filter(part -> of(part, lately).anyMatch(CloudLoss::fails)).count();
    int vantages = (int) lately.stream().map(ProbeResult::vantage).distinct().count();
    boolean any = lately.stream().anyMatch(probe -> isAnswered(probe.state()));
    Verdict verdict =
        probed.isEmpty()
            ? Verdict.SINGLE
            : any ? Verdict.API_ALONE : failing == probed.size() ? Verdict.BOTH : Verdict.OPEN;
    return Optional.of(
        new CloudLoss(
            cloud.id(),
            cloud.health().since(),
            probed.size(),
            answering,
            failing,
            vantages,
            verdict));
  }

  /** Whether both witnesses say so, from more than one place. */
  public boolean isCertain() {
    return verdict == Verdict.BOTH && vantages > 1;
  }

  /** Each probe of a server, as seen from everywhere. */
  private static Stream<List<ProbeResult>> of(PartId part, List<ProbeResult> probes) {
    return probes.stream()
        .filter(probe -> probe.part().equals(part))
        .collect(Collectors.groupingBy(ProbeResult::probe))
        .values()
        .stream();
  }

  private static boolean answered(List<ProbeResult> everywhere) {
    return everywhere.stream().anyMatch(probe -> isAnswered(probe.state()));
  }

  private static boolean fails(List<ProbeResult> everywhere) {
    return everywhere.stream().allMatch(probe -> probe.state().failing());
  }

  private static boolean isAnswered(ProbeState state) {
    return state.outcome() == ProbeState.Outcome.ANSWERED;
  }
}
