package io.isthmus.sandbox.weather;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.core.JsonProcessingException;
import io.isthmus.sandbox.http.Json;
import io.isthmus.sandbox.http.Service;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.atomic.AtomicLong;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class WeatherTest {
  private final AtomicLong nanos = new AtomicLong();
  private final Weather weather = new Weather(Duration.ofMillis(5), nanos::get);

  @Test
  void isFineUntilSomebodyMakesIt() {
    Weather.Verdict verdict = judge(Service.COMPUTE);

    assertThat(verdict.refusal()).isZero();
    assertThat(verdict.delay()).isEqualTo(Duration.ofMillis(5));
    assertThat(verdict.loseAnswer()).isFalse();
  }

  @Test
  void fallsOnlyOnTheServiceThatTheRuleNames() {
    set("{'service': 'compute', 'outage': 'unavailable'}");

    assertThat(judge(Service.COMPUTE).refusal()).isEqualTo(503);
    assertThat(judge(Service.NETWORK).refusal()).isZero();
  }

  @Test
  void givesTheSameFateToTheSameCallsUnderOneSeed() {
    String rule = "{'error_rate': 0.5, 'error_status': 502}";
    set(rule);
    List<Integer> first = fates();
    set(rule);

    assertThat(fates()).isEqualTo(first).contains(502, 0);
  }

  @Test
  void letsASpentRuleRest() {
    set("{'lose_rate': 1, 'times': 2}");

    assertThat(IntStream.range(0, 4).mapToObj(n -> judge(Service.COMPUTE).loseAnswer()))
        .containsExactly(true, true, false, false);
  }

  @Test
  void limitsTheRateAndAllowsMoreAsTimePasses() {
    set("{'per_second': 2, 'retry_after': 3}");
    assertThat(fates().subList(0, 4)).containsExactly(0, 0, 429, 429);
    assertThat(judge(Service.VOLUME).refusal()).isEqualTo(413);

    nanos.addAndGet(Duration.ofSeconds(1).toNanos());

    assertThat(judge(Service.COMPUTE).refusal()).isZero();
  }

  @Test
  void releasesCallsThatHangWhenTheWeatherChanges() {
    set("{'outage': 'hang'}");
    Weather.Verdict verdict = judge(Service.IMAGE);
    assertThat(verdict.until()).isNotCompleted();

    weather.set(List.of(), 0);

    assertThat(verdict.until()).isCompleted();
  }

  @Test
  void putsSomethingElseInTheServicesPlace() {
    set("{'answer': 'html', 'error_status': 502}");
    Weather.Verdict verdict = judge(Service.COMPUTE);
    assertThat(verdict.answer()).isEqualTo("html");
    assertThat(verdict.refusal()).isEqualTo(502);

    set("{'service': 'network', 'answer': 'garbage'}");
    assertThat(judge(Service.NETWORK).answer()).isEqualTo("garbage");
    assertThat(judge(Service.NETWORK).refusal()).isZero();
    assertThat(judge(Service.COMPUTE).answer()).isNull();
  }

  @Test
  void exhaustsWhatTheRuleNames() {
    set("{'exhausted': 'quota', 'service': 'volume', 'region': 'R'}");

    assertThat(weather.exhausted("quota", Service.VOLUME, "R")).isTrue();
    assertThat(weather.exhausted("quota", Service.VOLUME, "S")).isFalse();
    assertThat(weather.exhausted("quota", Service.COMPUTE, "R")).isFalse();
    assertThat(weather.exhausted("capacity", Service.VOLUME, "R")).isFalse();
    assertThat(judge(Service.VOLUME).refusal()).isZero();
  }

  @Test
  void refusesKindsThatThereAreNot() {
    assertThat(rule("{'answer': 'xml', 'exhausted': 'patience'}").mistakes())
        .containsExactly(
            "answer 'xml' is none of html, garbage",
            "exhausted 'patience' is none of capacity, quota");
    assertThat(rule("{'exhausted': 'quota', 'times': 2}").mistakes())
        .singleElement()
        .asString()
        .contains("leave method, path and times out");
  }

  @Test
  void namesEveryMistakeInARule() {
    Rule rule = rule("{'service': 'nova', 'error_rate': 2, 'outage': 'refuse', 'path': '('}");

    assertThat(rule.mistakes())
        .hasSize(4)
        .anyMatch(m -> m.contains("'nova'"))
        .anyMatch(m -> m.contains("error_rate"))
        .anyMatch(m -> m.contains("regular expression"));
  }

  private List<Integer> fates() {
    return IntStream.range(0, 12).mapToObj(n -> judge(Service.COMPUTE).refusal()).toList();
  }

  private Weather.Verdict judge(Service service) {
    return weather.judge(service, "R", "GET", "/x");
  }

  private void set(String rule) {
    weather.set(List.of(rule(rule)), 7);
  }

  private static Rule rule(String json) {
    try {
      return Json.MAPPER.readValue(json.replace('\'', '"'), Rule.class);
    } catch (JsonProcessingException wrong) {
      throw new IllegalArgumentException(wrong);
    }
  }
}
