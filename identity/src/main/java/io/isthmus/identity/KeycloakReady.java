package io.isthmus.identity;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.Duration;
import org.eclipse.microprofile.health.HealthCheck;
import org.eclipse.microprofile.health.HealthCheckResponse;
import org.eclipse.microprofile.health.HealthCheckResponseBuilder;
import org.eclipse.microprofile.health.Readiness;

/** Ready when the realm answers: without it nobody can sign in. */
@Readiness
@ApplicationScoped
public class KeycloakReady implements HealthCheck {

  private static final Duration PATIENCE = Duration.ofSeconds(3);

  private IdentityConfig config;
  private HttpClient http;

  @Inject
  public KeycloakReady(IdentityConfig config) {
    this.config = config;
    this.http = HttpClient.newBuilder().connectTimeout(PATIENCE).build();
  }

  /** For the container's proxies. */
  protected KeycloakReady() {}

  @Override
  public HealthCheckResponse call() {
    HealthCheckResponseBuilder answer = HealthCheckResponse.named("keycloak");
    URI discovery = URI.create(config.issuer() + "/.well-known/openid-configuration");
    try {
      int status =
          http.send(
                  HttpRequest.newBuilder(discovery).timeout(PATIENCE).build(),
                  HttpResponse.BodyHandlers.discarding())
              .statusCode();
      return answer.status(status == 200).withData("answered", status).build();
    } catch (IOException e) {
      return answer.down().withData("failure", String.valueOf(e)).build();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      return answer.down().withData("failure", "interrupted").build();
    }
  }
}
