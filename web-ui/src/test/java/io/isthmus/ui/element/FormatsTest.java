package io.isthmus.ui.element;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.Locale;
import org.junit.jupiter.api.Test;

class FormatsTest {

  private static final Instant NOW = Instant.parse("2026-11-25T03:04:05Z");

  private final Formats english = new Formats(Locale.ENGLISH, ZoneOffset.UTC);
  private final Formats french = new Formats(Locale.FRENCH, ZoneId.of("Europe/Paris"));

  @Test
  void tellsAgesInTheirLargestUnit() {
    assertThat(english.ago(NOW.minusSeconds(40), NOW)).isEqualTo("40 s ago");
    assertThat(english.ago(NOW.minus(Duration.ofMinutes(3)), NOW)).isEqualTo("3 min ago");
    assertThat(english.ago(NOW.minus(Duration.ofDays(2)), NOW)).isEqualTo("2 d ago");
    assertThat(french.ago(NOW.minus(Duration.ofDays(2)), NOW)).isEqualTo("il y a 2 j");
  }

  @Test
  void takesAClockThatRunsAheadForNow() {
    assertThat(english.ago(NOW.plusSeconds(5), NOW)).isEqualTo("just now");
    assertThat(french.until(NOW.minusSeconds(5), NOW)).isEqualTo("maintenant");
  }

  @Test
  void namesTheZoneBesideATimeOfDay() {
    assertThat(english.dateTime(NOW)).contains(", 03:04:05 ").endsWith("Z");
    assertThat(french.dateTime(NOW)).contains(" à 04:04:05 ").endsWith("CET");
  }

  @Test
  void writesSizesInTheLargestUnitThatIsExact() {
    assertThat(english.mib(512)).isEqualTo("512 MiB");
    assertThat(english.mib(2048)).isEqualTo("2 GiB");
    assertThat(english.mib(2560)).isEqualTo("2.5 GiB");
    assertThat(french.mib(2560)).isEqualTo("2,5 Gio");
    assertThat(english.mib(2049)).isEqualTo("2,049 MiB");
  }
}
