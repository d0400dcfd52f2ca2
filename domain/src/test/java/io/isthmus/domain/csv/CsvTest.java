package io.isthmus.domain.csv;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** A file that programs and spreadsheets read as it is meant. */
class CsvTest {

  @Test
  void writesRecordsAsRfc4180Does() {
    assertThat(
            new Csv()
                .row(List.of("name", "said"))
                .row(List.of("a,b", "he said \"no\""))
                .row(List.of("two\nlines", ""))
                .toString())
        .isEqualTo("name,said\r\n\"a,b\",\"he said \"\"no\"\"\"\r\n\"two\nlines\",\r\n");
  }

  @ParameterizedTest
  @CsvSource({
    "=1+1,'''=1+1'",
    "@SUM(A1),'''@SUM(A1)'",
    "+cmd,'''+cmd'",
    "-2+3,'''-2+3'",
    "-12.5,-12.5",
    "+4,+4",
    "shop,shop"
  })
  void letsNoCellBecomeAFormula(String value, String written) {
    assertThat(new Csv().row(List.of(value)).toString()).isEqualTo(written + "\r\n");
  }
}
