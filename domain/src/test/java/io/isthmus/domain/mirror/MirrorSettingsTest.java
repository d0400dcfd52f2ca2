package io.isthmus.domain.mirror;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.Arrays;
import org.eclipse.microprofile.config.inject.ConfigProperty;
import org.junit.jupiter.api.Test;

/** What is promised is kept by the usual intervals; systems under test have shorter ones. */
class MirrorSettingsTest {

  private static final Duration SHOWN_WITHIN = Duration.ofSeconds(30);

  @Test
  void aChangeShowsWithinHalfAMinuteUnlessSomebodySetsItOtherwise() {
    Duration interval =
        Arrays.stream(MirrorSettings.Configured.class.getDeclaredConstructors())
            .flatMap(constructor -> Arrays.stream(constructor.getParameters()))
            .map(parameter -> parameter.getAnnotation(ConfigProperty.class))
            .filter(
                property -> property != null && property.name().equals("isthmus.mirror.interval"))
            .map(property -> Duration.parse(property.defaultValue()))
            .findFirst()
            .orElseThrow();
    MirrorSettings usual = new MirrorSettings(interval, interval, interval, 1);

    // At the longest between two beginnings, and the reading itself.
    assertThat(
            usual
                .afterSuccess(Duration.ZERO, Duration.ZERO, MirrorSettings.QUIET)
                .plus(MirrorSettings.QUICK))
        .isLessThanOrEqualTo(SHOWN_WITHIN);
  }
}
