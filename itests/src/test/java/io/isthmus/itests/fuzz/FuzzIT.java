package io.isthmus.itests.fuzz;

import static org.assertj.core.api.Assertions.assertThat;

import io.isthmus.itests.Person;
import io.isthmus.itests.RunningSystem;
import io.isthmus.itests.fuzz.Description.Operation;
import io.isthmus.itests.fuzz.Requests.Request;
import jakarta.json.JsonObject;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import net.jqwik.api.AfterFailureMode;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import net.jqwik.api.ShrinkingMode;
import net.jqwik.api.Tag;
import net.jqwik.api.lifecycle.BeforeContainer;

/**
 * Whatever is sent to the API, it never answers with a failure of its own, and every refusal is a
 * problem that says so. Requests are made from the API's own description.
 */
class FuzzIT {

  private static final Duration PATIENCE = Duration.ofSeconds(60);
  private static final int TRIES = 600;
  private static final int TRIES_OF_EACH = 4;
  private static final List<String> PEOPLE = List.of("alice", "admin");

  /** Once for all tries, each of which has an instance of its own. */
  private static RunningSystem system;

  private static List<Operation> operations;
  private static Map<String, Person> people;

  @BeforeContainer
  static void readDescription() throws Exception {
    system = new RunningSystem();
    operations = new Description(system.get(system.api("/openapi.yaml")).body()).operations();
    people =
        PEOPLE.stream().collect(Collectors.toMap(name -> name, name -> new Person(system, name)));
  }

  @Provide
  Arbitrary<Request> requests() {
    return Arbitraries.of(operations).flatMap(Requests::of);
  }

  @Provide
  Arbitrary<String> people() {
    return Arbitraries.of(PEOPLE);
  }

  /** Every call is reached, also those that chance would pass over. */
  @Property(shrinking = ShrinkingMode.OFF, afterFailure = AfterFailureMode.RANDOM_SEED)
  @Tag("container")
  void everyCallKeepsItsManners(@ForAll("people") String name) throws Exception {
    for (Operation operation : operations) {
      for (Request request : Requests.of(operation).sampleStream().limit(TRIES_OF_EACH).toList()) {
        assertMannered(people.get(name), request);
      }
    }
  }

  @Property(
      tries = TRIES,
      shrinking = ShrinkingMode.OFF,
      afterFailure = AfterFailureMode.RANDOM_SEED)
  @Tag("container")
  void noRequestMakesItFail(@ForAll("people") String name, @ForAll("requests") Request request)
      throws Exception {
    assertMannered(people.get(name), request);
  }

  private void assertMannered(Person person, Request request) throws Exception {
    HttpRequest.Builder sent =
        person
            .request(request.path(), "en")
            .method(
                request.method(),
                request.body().map(BodyPublishers::ofString).orElseGet(BodyPublishers::noBody));
    request.body().ifPresent(body -> sent.header("Content-Type", "application/json"));
    request.headers().forEach(sent::header);
    HttpResponse<String> answer = system.send(sent, PATIENCE);

    // 502 to 504 tell of clouds that do not answer, which some of the entries name.
    assertThat(answer.statusCode())
        .as("%s%n%s", request, answer.body())
        .satisfiesAnyOf(
            status -> assertThat(status).isLessThan(500),
            status -> assertThat(status).isBetween(502, 504));
    if (answer.statusCode() < 300) {
      assertThat(request.statuses())
          .as("%s: the description tells of success", request)
          .contains(Integer.toString(answer.statusCode()));
    }
    if (answer.statusCode() >= 400) {
      assertThat(answer.headers().firstValue("Content-Type"))
          .as("%s%n%s: %s", request, answer.statusCode(), answer.body())
          .contains("application/problem+json");
      JsonObject problem = RunningSystem.json(answer);
      assertThat(problem.getInt("status")).isEqualTo(answer.statusCode());
      assertThat(problem.getString("code")).isNotBlank();
      assertThat(problem.getString("title")).isNotBlank();
      assertThat(problem.getString("type")).startsWith("/api/v1/problems/");
    }
  }
}
