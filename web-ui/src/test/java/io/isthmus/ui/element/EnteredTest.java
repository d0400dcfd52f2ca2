package io.isthmus.ui.element;

import static org.assertj.core.api.Assertions.assertThat;

import java.math.BigDecimal;
import org.junit.jupiter.api.Test;

class EnteredTest {

  @Test
  void readsNumbersAsPeopleOfBothLanguagesWriteThem() {
    assertThat(Entered.decimal("0.0125")).contains(new BigDecimal("0.0125"));
    assertThat(Entered.decimal(" 0,0125 ")).contains(new BigDecimal("0.0125"));
    assertThat(Entered.decimal("1\u202f250,5")).contains(new BigDecimal("1250.5"));
  }

  @Test
  void takesNothingForANumberThatCouldMeanTwo() {
    assertThat(Entered.decimal("1,250.5")).isEmpty();
    assertThat(Entered.decimal("-1")).isEmpty();
    assertThat(Entered.decimal("1e9")).isEmpty();
    assertThat(Entered.decimal("")).isEmpty();
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
