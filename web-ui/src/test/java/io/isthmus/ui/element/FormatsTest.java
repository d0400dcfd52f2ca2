package io.isthmus.ui.element;

import static org.assertj.core.api.Assertions.assertThat;

import java.math.BigDecimal;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.YearMonth;
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
    assertThat(english.dateTime(NOW)).endsWith(" Z");
    assertThat(french.dateTime(NOW)).isEqualTo("25 nov. 2026, 04:04:05 CET");
  }

  /** Java's own data may write a narrow space before AM. */
  @Test
  void writesDatesAsTheReadersCountryDoes() {
    assertThat(in("en-US").dateTime(NOW)).matches("Nov 25, 2026, 3:04:05\\h?AM UTC");
    assertThat(in("en-GB").dateTime(NOW)).isEqualTo("25 Nov 2026, 03:04:05 UTC");
    assertThat(in("fr-FR").dateTime(NOW)).isEqualTo("25 nov. 2026, 03:04:05 UTC");
    assertThat(in("fr-CA").dateTime(NOW)).startsWith("25 nov. 2026, 03").contains(" h ");
    assertThat(in("fr-CH").number(12_345.5)).doesNotContain(".");
  }

  @Test
  void leavesTheDateOutToday() {
    Formats british = in("en-GB");
    assertThat(british.compact(NOW.minusSeconds(60), NOW)).isEqualTo("03:03");
    assertThat(british.compact(NOW.minus(Duration.ofDays(1)), NOW)).isEqualTo("24 Nov 2026, 03:04");
    Formats inParis = new Formats(Locale.UK, ZoneId.of("Europe/Paris"));
    assertThat(inParis.compact(Instant.parse("2026-11-24T23:30:00Z"), NOW)).isEqualTo("00:30");
  }

  private static Formats in(String locale) {
    return new Formats(Locale.forLanguageTag(locale), ZoneId.of("UTC"));
  }

  @Test
  void putsTheDateBeforeATimeOfAnotherDay() {
    Formats british = new Formats(Locale.UK, ZoneOffset.UTC);
    Instant evening = Instant.parse("2026-11-24T23:30:00Z");
    assertThat(british.time(NOW.minusSeconds(60), NOW)).isEqualTo("03:03:05");
    assertThat(british.time(evening, NOW)).isEqualTo("24 Nov 2026, 23:30:00");
    assertThat(french.time(evening, NOW)).as("the day begins in Paris").isEqualTo("00:30:00");
    assertThat(french.time(NOW.minus(Duration.ofDays(1)), NOW)).startsWith("24 nov. 2026");
  }

  @Test
  void writesSizesInTheLargestUnitThatIsExact() {
    assertThat(english.mib(512)).isEqualTo("512 MiB");
    assertThat(english.mib(2048)).isEqualTo("2 GiB");
    assertThat(english.mib(2560)).isEqualTo("2.5 GiB");
    assertThat(french.mib(2560)).isEqualTo("2,5 Gio");
    assertThat(english.mib(2049)).isEqualTo("2,049 MiB");
  }

  @Test
  void writesSumsToTheHundredthAndNeverSomethingAsNothing() {
    Formats english = new Formats(Locale.UK, ZoneId.of("UTC"));
    Formats french = new Formats(Locale.FRANCE, ZoneId.of("UTC"));
    assertThat(english.money(new BigDecimal("12.405"), "EUR")).isEqualTo("€12.41");
    assertThat(english.money(new BigDecimal("0.000214"), "EUR")).isEqualTo("€0.0002");
    assertThat(english.money(BigDecimal.ZERO, "EUR")).isEqualTo("€0.00");
    assertThat(french.money(new BigDecimal("1234.5"), "EUR")).isEqualTo("1\u202f234,50\u00a0€");
    assertThat(english.quantity(new BigDecimal("0.001"))).isEqualTo("< 0.01");
    assertThat(english.quantity(new BigDecimal("1.504"))).isEqualTo("1.5");
  }

  @Test
  void writesPricesWithTheDecimalsThatMatter() {
    Formats english = new Formats(Locale.UK, ZoneId.of("UTC"));
    assertThat(english.price(new BigDecimal("0.0125"), "EUR")).isEqualTo("€0.0125");
    assertThat(english.price(new BigDecimal("0.3"), "EUR")).isEqualTo("€0.30");
    assertThat(english.price(new BigDecimal("0.0000005"), "EUR")).isEqualTo("€0.000001");
    assertThat(english.price(new BigDecimal("0.0000001"), "EUR")).isEqualTo("€0.0000001");
  }

  @Test
  void writesDaysAndMonths() {
    Formats french = new Formats(Locale.FRANCE, ZoneId.of("UTC"));
    assertThat(french.month(YearMonth.of(2026, 11))).isEqualTo("novembre 2026");
    assertThat(french.day(LocalDate.of(2026, 11, 27))).isEqualTo("27 nov. 2026");
  }
}
