package io.isthmus.itests.fault;

import io.isthmus.itests.Await;
import io.isthmus.itests.Person;
import jakarta.json.JsonObject;
import java.io.IOException;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.Callable;

/**
 * A client that does not give up: what is not answered, or by a server in trouble, is asked again,
 * a request that changes something under the same key.
 */
final class Determined {

  private static final Duration PATIENCE = Duration.ofMinutes(12);

  /** Longer than a server that dies over a request holds it; most are then done by another. */
  private static final Duration STILL_SERVED = Duration.ofSeconds(20);

  private static final int UNAUTHORIZED = 401;
  private static final int CONFLICT = 409;
  private static final int TOO_MANY = 429;
  private static final int SERVER_ERROR = 500;

  private final Person person;

  Determined(Person person) {
    this.person = person;
  }

  HttpResponse<String> get(String path) throws Exception {
    return answered("GET " + path, () -> person.get(path));
  }

  HttpResponse<String> delete(String path) throws Exception {
    return answered("DELETE " + path, () -> person.delete(path));
  }

  /**
   * Sends until something answers.
   *
   * @return empty when the server died over it: what became of it is to be looked up
   */
  Optional<HttpResponse<String>> post(String path, JsonObject body) throws Exception {
    Map<String, String> key = Map.of("Idempotency-Key", UUID.randomUUID().toString());
    Instant served = Instant.now().plus(STILL_SERVED);
    HttpResponse<String> answer =
        Await.until(
            PATIENCE,
            "POST " + path + " is not being served any more",
            () -> answered("POST " + path, () -> person.post(path, body, key)),
            seen -> !isStillServed(seen) || Instant.now().isAfter(served));
    return Optional.of(answer).filter(seen -> !isStillServed(seen));
  }

  private static boolean isStillServed(HttpResponse<String> answer) {
    return answer.statusCode() == CONFLICT && answer.body().contains("request-in-progress");
  }

  private static HttpResponse<String> answered(String what, Callable<HttpResponse<String>> request)
      throws Exception {
    return Await.until(PATIENCE, what + " is answered", () -> attempt(request), Optional::isPresent)
        .orElseThrow();
  }

  /** While Isthmus is not deployed yet its container has a page of its own for every address. */
  private static boolean isOfContainer(HttpResponse<String> answer) {
    return answer
        .headers()
        .firstValue("Content-Type")
        .filter(type -> type.contains("html"))
        .isPresent();
  }

  /** People are not let in either while Keycloak has no database, or the server no keys of it. */
  private static Optional<HttpResponse<String>> attempt(Callable<HttpResponse<String>> request)
      throws Exception {
    try {
      return Optional.of(request.call())
          .filter(
              answer ->
                  answer.statusCode() < SERVER_ERROR
                      && !isOfContainer(answer)
                      && answer.statusCode() != UNAUTHORIZED
                      && answer.statusCode() != TOO_MANY);
    } catch (IOException | IllegalStateException lost) {
      return Optional.empty();
    }
  }
}
