package io.isthmus.openstack.resource;

import static org.assertj.core.api.Assertions.assertThat;

import io.isthmus.domain.json.Json;
import jakarta.json.JsonValue;
import java.io.StringReader;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class SameTest {

  private static JsonValue value(String text) {
    return Json.createReader(new StringReader("{\"v\": " + text.replace('`', '"') + "}"))
        .readObject()
        .get("v");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "null | ``",
        "[] | null",
        "{} | null",
        "80 | `80`",
        "true | `True`",
        "`a` | `a`",
        "`FA:16:3E:00:00:01` | `fa:16:3e:00:00:01`",
        "`FD00::1` | `fd00::1`",
        "{`a`: 1} | {`a`: 1, `b`: 2}",
        "[{`s`: 1}, {`s`: 1, `i`: 5}] | [{`s`: 1, `i`: 5}, {`s`: 1, `i`: 6}]",
        "[`a`, `b`] | [`b`, `a`]"
      })
  void fits(String wanted, String there) {
    assertThat(Same.fits(value(wanted), value(there), false)).isTrue();
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "null | `a`",
        "`a` | null",
        "`a` | `A`",
        "80 | 81",
        "{`a`: 1} | {`b`: 1}",
        "[`a`] | [`a`, `b`]",
        "[`a`, `a`] | [`a`, `b`]",
        "{`a`: 1} | [1]",
        "[1] | {`a`: 1}"
      })
  void differs(String wanted, String there) {
    assertThat(Same.fits(value(wanted), value(there), false)).isFalse();
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {"[`a`, `b`] | [`a`, `b`] | true", "[`a`, `b`] | [`b`, `a`] | false"})
  void theOrderCountsWhereItMeansSomething(String wanted, String there, boolean fits) {
    assertThat(Same.fits(value(wanted), value(there), true)).isEqualTo(fits);
  }
}
