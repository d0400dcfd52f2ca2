package io.isthmus.domain.placement;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import io.isthmus.domain.fault.FederationFault;
import java.time.Duration;
import java.util.List;
import java.util.Locale;
import org.junit.jupiter.api.Test;

class FailoverReaderTest {

  private static final String HEAD = "placement_policy_version: 2026-11-23\nrules:\n  - name: r\n";

  private static Failover failover(String failover) {
    return new PolicyParser()
        .parse(HEAD + "    failover: " + failover + "\n")
        .rules()
        .get(0)
        .failover()
        .orElseThrow();
  }

  private static List<String> mistakes(String failover) {
    return catchThrowableOfType(FederationFault.class, () -> failover(failover))
        .violations()
        .stream()
        .map(violation -> violation.message().in(Locale.ENGLISH))
        .toList();
  }

  @Test
  void readsAllOfIt() {
    assertThat(
            failover(
                "{ mode: never, after: 90s, tries: 5, probes: [{ https: /health, status: 204 },"
                    + " { http: '/a?b=%20c', port: 8080 }, { tcp: 22 }] }"))
        .isEqualTo(
            new Failover(
                Failover.Mode.NEVER,
                Duration.ofSeconds(90),
                5,
                List.of(
                    new Probe(Probe.Kind.HTTPS, 443, "/health", 204),
                    new Probe(Probe.Kind.HTTP, 8080, "/a?b=%20c", 200),
                    Probe.tcp(22)),
                Failover.OnReturn.ASK));
    assertThat(failover("{ mode: never }"))
        .isEqualTo(
            new Failover(
                Failover.Mode.NEVER, Duration.ofMinutes(2), 3, List.of(), Failover.OnReturn.ASK));
    assertThat(failover("{ mode: standby, on_return: remove }"))
        .isEqualTo(
            new Failover(
                Failover.Mode.STANDBY,
                Duration.ofMinutes(2),
                3,
                List.of(),
                Failover.OnReturn.REMOVE));
    assertThat(failover("{ mode: standby }").onReturn()).isEqualTo(Failover.OnReturn.ASK);
    assertThat(failover("{ on_return: remove }").mode()).isEqualTo(Failover.Mode.NEVER);
    assertThat(failover("{ after: 24h }").after()).isEqualTo(Duration.ofDays(1));
  }

  @Test
  void refusesByNameWhatIsNotPerformedYet() {
    assertThat(mistakes("{ mode: standby, on_return: keep }"))
        .containsExactly("“keep” is not what becomes of something whose cloud is back.");
    assertThat(mistakes("{ mode: active_active }"))
        .containsExactly(
            "“mode: active_active” is part of the policy language but not performed yet.");
    assertThat(mistakes("{ mode: sometimes }"))
        .containsExactly("“sometimes” is no mode of failover.");
  }

  @Test
  void keepsWithinBounds() {
    for (String time : List.of("9s", "25h", "2", "2 m", "-1m", "0m", "1d", "99999999999999s")) {
      assertThat(mistakes("{ after: '" + time + "' }"))
          .containsExactly("“after” must be a length of time from 10s to 24h, not “" + time + "”.");
    }
    for (String tries : List.of("0", "21", "-1", "1.5", "many", "'3'", "99999999999")) {
      assertThat(mistakes("{ tries: " + tries + " }")).as(tries).hasSize(1);
    }
    assertThat(mistakes("{ probes: [{tcp: 1}, {tcp: 2}, {tcp: 3}, {tcp: 4}, {tcp: 5}] }"))
        .containsExactly("There are 5 probes; at most 4 are read.");
    assertThat(mistakes("{ probes: [] }")).containsExactly("The list is empty.");
    assertThat(mistakes("{ probes: [{ tcp: 65536 }] }"))
        .containsExactly("“tcp” must be a whole number from 1 to 65535, not “65536”.");
    assertThat(mistakes("{ probes: [{ http: /, status: 99 }] }"))
        .containsExactly("“status” must be a whole number from 100 to 599, not “99”.");
  }

  @Test
  void saysWhatIsWrongWithAProbe() {
    assertThat(mistakes("{ probes: [{ port: 80 }] }"))
        .containsExactly("The probe does not say what to ask.");
    assertThat(mistakes("{ probes: [{ tcp: 22, http: / }] }"))
        .containsExactly("The probe asks for two things at once; each needs a probe of its own.");
    assertThat(mistakes("{ probes: [{ tcp: 22, status: 200 }] }"))
        .containsExactly(
            "“status” does not go with “tcp”, which says the port itself and knows no status.");
    for (String path : List.of("health", "//evil\\\\x", "/a b", "/%zz", "/é", "http://other/")) {
      assertThat(mistakes("{ probes: [{ http: \"" + path + "\" }] }")).as(path).hasSize(1);
    }
    assertThat(mistakes("{ probes: [{ htp: / }] }")).contains("There is no key “htp” here.");
  }

  @Test
  void severalRulesTogetherAreTheMostCautious() {
    Failover one =
        new Failover(
            Failover.Mode.STANDBY,
            Duration.ofSeconds(30),
            5,
            List.of(Probe.tcp(22)),
            Failover.OnReturn.REMOVE);
    Failover other =
        new Failover(
            Failover.Mode.NEVER,
            Duration.ofMinutes(2),
            3,
            List.of(Probe.tcp(80), Probe.tcp(22)),
            Failover.OnReturn.ASK);
    assertThat(one.and(other))
        .isEqualTo(
            new Failover(
                Failover.Mode.NEVER,
                Duration.ofMinutes(2),
                5,
                List.of(Probe.tcp(22), Probe.tcp(80)),
                Failover.OnReturn.ASK));
  }

  @Test
  void asksAsOftenAsTheTriesNeedButNeitherTooOftenNorTooSeldom() {
    assertThat(failover("{ after: 2m, tries: 3 }").pause()).isEqualTo(Duration.ofSeconds(40));
    assertThat(failover("{ after: 10s, tries: 20 }").pause()).isEqualTo(Duration.ofSeconds(5));
    assertThat(failover("{ after: 24h, tries: 1 }").pause()).isEqualTo(Duration.ofMinutes(1));
  }

  @Test
  void aProbeIsReadAsItIsWritten() {
    for (Probe probe : List.of(Probe.tcp(22), new Probe(Probe.Kind.HTTPS, 8443, "/a?b=c", 301))) {
      assertThat(Probe.parse(probe.toString())).isEqualTo(probe);
    }
  }
}
