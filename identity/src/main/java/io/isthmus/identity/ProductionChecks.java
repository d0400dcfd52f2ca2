package io.isthmus.identity;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import java.io.IOException;
import java.net.URLEncoder;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;

/**
 * What production does not start with: an issuer over plain HTTP, or one of the evaluation's users
 * with the password that everybody knows. (The default encryption key is refused where keys are
 * read.)
 */
@ApplicationScoped
public class ProductionChecks {

  private static final Duration PATIENCE = Duration.ofSeconds(10);

  /** Their passwords in an evaluation are equal to their names. */
  private static final List<String> WELL_KNOWN = List.of("alice", "bob", "admin");

  private IdentityConfig config;

  @Inject
  public ProductionChecks(IdentityConfig config) {
    this.config = config;
  }

  /** For the container's proxies. */
  protected ProductionChecks() {}

  /**
   * Does nothing in an evaluation.
   *
   * @throws IllegalStateException that names what is wrong and its remedy; also when Keycloak does
   *     not answer, for then nobody knows
   */
  public void run() {
    if (config.isEvaluation()) {
      return;
    }
    if (!"https".equals(config.issuer().getScheme())) {
      throw new IllegalStateException(
          "isthmus.oidc.issuer is "
              + config.issuer()
              + ": production wants https, for tokens and passwords travel there");
    }
    HttpClient http = HttpClient.newBuilder().connectTimeout(PATIENCE).build();
    for (String name : WELL_KNOWN) {
      if (signsIn(http, name)) {
        throw new IllegalStateException(
            "the realm "
                + config.issuer()
                + " has a user \""
                + name
                + "\" with the evaluation's password: change it or remove the user");
      }
    }
  }

  private boolean signsIn(HttpClient http, String name) {
    HttpRequest request =
        HttpRequest.newBuilder(config.protocol("token"))
            .timeout(PATIENCE)
            .header("Content-Type", "application/x-www-form-urlencoded")
            .POST(
                HttpRequest.BodyPublishers.ofString(
                    "grant_type=password&client_id=isthmus-cli&username="
                        + encode(name)
                        + "&password="
                        + encode(name)))
            .build();
    try {
      HttpResponse<Void> answer = http.send(request, HttpResponse.BodyHandlers.discarding());
      if (answer.statusCode() >= 500) {
        throw new IllegalStateException(
            config.issuer() + " answered " + answer.statusCode() + " to a token request");
      }
      return answer.statusCode() == 200;
    } catch (IOException e) {
      throw new IllegalStateException(
          config.issuer() + " does not answer: start Keycloak first, and check the address", e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException("interrupted while asking " + config.issuer(), e);
    }
  }

  private static String encode(String text) {
    return URLEncoder.encode(text, StandardCharsets.UTF_8);
  }
}
