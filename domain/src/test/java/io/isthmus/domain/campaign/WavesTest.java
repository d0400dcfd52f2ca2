package io.isthmus.domain.campaign;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.isthmus.domain.access.ProjectId;
import io.isthmus.domain.fault.FederationFault;
import io.isthmus.domain.stack.StackId;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDateTime;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.UUID;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import org.junit.jupiter.api.Test;

class WavesTest {

  private static List<CampaignStack> stacks(int count) {
    List<CampaignStack> stacks = new ArrayList<>();
    for (int i = 0; i < count; i++) {
      stacks.add(
          CampaignStack.found(
              new StackId(new UUID(0, i)),
              ProjectId.parse("acme/demo"),
              "s" + i,
              i,
              Instant.EPOCH));
    }
    return stacks;
  }

  private static CampaignPace pace(int canaries, List<String> names, CampaignPace.Share wave) {
    CampaignPace all = CampaignPace.TOGETHER;
    return new CampaignPace(
        all.at(),
        all.zone(),
        canaries,
        names,
        wave,
        all.rest(),
        all.asks(),
        all.atOnce(),
        all.watch(),
        all.stopAfter(),
        all.keepsFailed());
  }

  @Property(tries = 300)
  void everyStackIsInOneWaveAndNoneIsEmpty(
      @ForAll @IntRange(min = 1, max = 60) int count,
      @ForAll @IntRange(max = 5) int canaries,
      @ForAll @IntRange(min = 1, max = 100) int size,
      @ForAll boolean percent,
      @ForAll @IntRange(max = 80) int named) {
    List<CampaignStack> placed =
        Waves.of(
            stacks(count),
            pace(canaries, List.of("s" + named), new CampaignPace.Share(size, percent)));
    assertThat(placed)
        .extracting(CampaignStack::place)
        .containsExactlyInAnyOrderElementsOf(
            stacks(count).stream().map(CampaignStack::place).toList());
    Map<Integer, Long> sizes =
        placed.stream()
            .collect(
                Collectors.groupingBy(CampaignStack::wave, TreeMap::new, Collectors.counting()));
    // From the first on, without a gap.
    assertThat(sizes.keySet())
        .containsExactlyElementsOf(IntStream.range(0, sizes.size()).boxed().toList());
    int first = Math.min(count, canaries + (named < count ? 1 : 0));
    if (first > 0) {
      assertThat(sizes.get(0)).isLessThanOrEqualTo(canaries + 1L);
      assertThat(placed)
          .filteredOn(one -> one.name().equals("s" + named))
          .allMatch(one -> one.wave() == 0);
    }
    int rest = count - (first > 0 ? sizes.get(0).intValue() : 0);
    int most = Math.max(1, percent ? rest * size / 100 : size);
    sizes.forEach(
        (wave, many) -> {
          if (first == 0 || wave > 0) {
            assertThat(many).isLessThanOrEqualTo(most);
          }
        });
  }

  @Test
  void allTogetherIsOneWave() {
    assertThat(Waves.of(stacks(7), CampaignPace.TOGETHER)).allMatch(one -> one.wave() == 0);
  }

  @Test
  void aMomentIsThatOfItsZone() {
    CampaignPace all = CampaignPace.TOGETHER;
    CampaignPace set =
        new CampaignPace(
            Optional.of(LocalDateTime.parse("2026-12-01T02:00")),
            Optional.of(ZoneId.of("Europe/Paris")),
            0,
            List.of(),
            all.wave(),
            Duration.ofMinutes(5),
            true,
            1,
            all.watch(),
            new CampaignPace.Share(10, true),
            true);
    assertThat(set.begins()).contains(Instant.parse("2026-12-01T01:00:00Z"));
    assertThat(CampaignPace.of(set.toJson())).isEqualTo(set);
    assertThat(set.tolerates(29)).isEqualTo(2);
    // The clocks are put forward over it.
    assertThatThrownBy(
            () ->
                new CampaignPace(
                    Optional.of(LocalDateTime.parse("2027-03-28T02:30")),
                    Optional.of(ZoneId.of("Europe/Paris")),
                    0,
                    List.of(),
                    all.wave(),
                    all.rest(),
                    false,
                    1,
                    all.watch(),
                    all.stopAfter(),
                    false))
        .isInstanceOf(FederationFault.class)
        .hasMessageContaining("Europe/Paris");
  }
}
