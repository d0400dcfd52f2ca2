package io.isthmus.itests.fault;

import static org.assertj.core.api.Assertions.assertThat;

import io.isthmus.itests.Person;
import io.isthmus.itests.Portal;
import io.isthmus.itests.StackUnderTest;
import jakarta.json.JsonObject;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.stream.IntStream;

/**
 * How long what a tenant does takes, none of which needs the cloud that misbehaves. Compared with
 * itself on the same machine only.
 *
 * @param medians by what was done
 */
record Pace(Map<String, Duration> medians) {

  /**
   * Slower by less than this is the machine's noise. Whoever waits for a cloud that takes 30 s is
   * slower by three orders of magnitude.
   */
  private static final int TIMES = 10;

  private static final int CALLS = 9;

  /** Of a page in a browser, which takes longer than a call. */
  private static final int LOADS = 3;

  private static final List<String> READ =
      List.of("/clouds", "/clouds/gra", "/stacks", "/plans?limit=5", "/events?limit=20");
  private static final List<String> PAGES = List.of("/", "/stacks", "/stacks/new");
  private static final String IN_GRA =
      """
      placement_policy_version: 2026-11-23
      rules:
        - name: in gra
          match: { types: [OS::Nova::Server] }
          clouds: { any_of: [gra] }
      """;

  /**
   * Does everything several times.
   *
   * @param portal where the tenant is signed in
   */
  static Pace of(Person tenant, Portal portal) throws Exception {
    Map<String, Duration> medians = new LinkedHashMap<>();
    for (String path : READ) {
      medians.put(path, median(CALLS, () -> ok(tenant.get(path), 200)));
    }
    for (String page : PAGES) {
      medians.put("page " + page, median(LOADS, () -> load(portal, page)));
    }
    medians.put("plan", median(CALLS, () -> plan(tenant)));
    medians.put("stack in gra", time(() -> stack(tenant)));
    return new Pace(medians);
  }

  void assertNotSlowerThan(Pace fair, String weather) {
    medians.forEach(
        (what, median) ->
            assertThat(median)
                .as("%s with %s; in fair weather %s", what, weather, fair.medians().get(what))
                .isLessThan(fair.medians().get(what).multipliedBy(TIMES)));
  }

  private static JsonObject plan(Person tenant) throws Exception {
    String template = Files.readString(Path.of("..", "samples", "one-server", "template.yaml"));
    return tenant.plan("pace", template, IN_GRA, Map.of());
  }

  private static Void stack(Person tenant) throws Exception {
    StackUnderTest stack = StackUnderTest.of(tenant, plan(tenant));
    stack.awaitComplete();
    stack.delete();
    return null;
  }

  private static Void ok(HttpResponse<String> answer, int status) {
    assertThat(answer.statusCode()).as("%s: %s", answer.uri(), answer.body()).isEqualTo(status);
    return null;
  }

  private static Void load(Portal portal, String page) {
    portal.open(page);
    return null;
  }

  private static Duration median(int times, Callable<?> call) {
    return IntStream.range(0, times).mapToObj(n -> time(call)).sorted().toList().get(times / 2);
  }

  private static Duration time(Callable<?> call) {
    long start = System.nanoTime();
    try {
      call.call();
    } catch (Exception failed) {
      throw new AssertionError(failed);
    }
    return Duration.ofNanos(System.nanoTime() - start);
  }
}
