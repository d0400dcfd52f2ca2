package io.isthmus.ui.element;

import static org.assertj.core.api.Assertions.assertThat;

import java.math.BigDecimal;
import java.util.Locale;
import org.junit.jupiter.api.Test;

class EnteredTest {

  @Test
  void readsNumbersAsPeopleOfBothLanguagesWriteThem() {
    assertThat(Entered.decimal("0.0125", Locale.ENGLISH)).contains(new BigDecimal("0.0125"));
    assertThat(Entered.decimal(" 0,0125 ", Locale.ENGLISH)).contains(new BigDecimal("0.0125"));
    assertThat(Entered.decimal("1\u202f250,5", Locale.ENGLISH)).contains(new BigDecimal("1250.5"));
  }

  @Test
  void takesNothingForANumberThatCouldMeanTwo() {
    assertThat(Entered.decimal("1,250.5", Locale.ENGLISH)).isEmpty();
    assertThat(Entered.decimal("-1", Locale.ENGLISH)).isEmpty();
    assertThat(Entered.decimal("1e9", Locale.ENGLISH)).isEmpty();
    assertThat(Entered.decimal("", Locale.ENGLISH)).isEmpty();
  }

  @Test
  void refusesAnEnglishCommaThatCouldSeparateThousands() {
    assertThat(Entered.decimal("1,000", Locale.ENGLISH)).isEmpty();
    assertThat(Entered.decimal("12,500", Locale.UK)).isEmpty();
    assertThat(Entered.decimal("1,000,000", Locale.ENGLISH)).isEmpty();
    assertThat(Entered.isAmbiguous(" 1,000 ", Locale.ENGLISH)).isTrue();
    assertThat(Entered.decimal("1,000", Locale.FRENCH)).contains(new BigDecimal("1.000"));
    assertThat(Entered.decimal("1.000", Locale.ENGLISH)).contains(new BigDecimal("1.000"));
    assertThat(Entered.decimal("0,125", Locale.ENGLISH)).contains(new BigDecimal("0.125"));
    assertThat(Entered.decimal("00,125", Locale.ENGLISH)).contains(new BigDecimal("00.125"));
    assertThat(Entered.decimal("1,25", Locale.ENGLISH)).contains(new BigDecimal("1.25"));
    assertThat(Entered.decimal("1,2500", Locale.ENGLISH)).contains(new BigDecimal("1.2500"));
    assertThat(Entered.decimal("1 000", Locale.ENGLISH)).contains(new BigDecimal("1000"));
  }

  @Test
  void writesNumbersWithoutNeedlessZeros() {
    assertThat(Entered.written(new BigDecimal("100.00"))).isEqualTo("100");
    assertThat(Entered.written(new BigDecimal("0.050"))).isEqualTo("0.05");
  }

  @Test
  void readsStepsOfPerCent() {
    assertThat(Entered.percents("50, 80; 100 %").orElseThrow()).containsExactly(50, 80, 100);
    assertThat(Entered.percents(" ").orElseThrow()).isEmpty();
    assertThat(Entered.percents("50, half")).isEmpty();
    assertThat(Entered.percents("-5")).isEmpty();
  }
}
