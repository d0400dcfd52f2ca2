package io.isthmus.sandbox.weather;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.core.JsonProcessingException;
import io.isthmus.sandbox.http.Json;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ForecastTest {

  @ParameterizedTest
  @CsvSource(
      quoteCharacter = (char) 0x60,
      delimiter = '|',
      textBlock =
          """
          {'latency_ms': 500}                                      | 500 ms more
          {'latency_ms': 500, 'jitter_ms': 100}                    | 500 to 600 ms more
          {'error_rate': 0.125, 'error_status': 502}               | 12.5 % fail with 502
          {'per_second': 2}                                        | more than 2 a second are refused
          {'lose_rate': 1, 'times': 1, 'method': 'post'}           | 100 % of answers are lost after the effect on POST, once
          {'outage': 'refuse'}                                     | refuses connections
          {'outage': 'hang', 'service': 'volume', 'region': 'R'}   | does not answer of volume in R
          {'answer': 'html', 'error_status': 502, 'path': '/x$'}   | answers HTML with 502 on /x$
          {'exhausted': 'capacity'}                                | no capacity left
          {'certificate': 'expired'}                               | certificate expired
          {}                                                       | nothing unusual
          """)
  void tellsWhatARuleDoesAndWhere(String rule, String words) throws JsonProcessingException {
    assertThat(Forecast.of(Json.MAPPER.readValue(rule.replace('\'', '"'), Rule.class)))
        .isEqualTo(words);
  }
}
