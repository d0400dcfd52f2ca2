package io.isthmus.identity;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import java.net.URI;
import java.util.Optional;
import org.eclipse.microprofile.config.inject.ConfigProperty;

/** How Isthmus reaches its Keycloak realm, and whether it is being evaluated or in production. */
@ApplicationScoped
public class IdentityConfig {

  private URI issuer;
  private Optional<String> clientId;
  private Optional<String> clientSecret;
  private boolean evaluation;

  /**
   * @param issuer {@code isthmus.oidc.issuer}: the realm's address, as it stands in its tokens
   * @param clientId {@code isthmus.oidc.client-id}: the portal's client in the realm
   * @param clientSecret {@code isthmus.oidc.client-secret}
   * @param mode {@code isthmus.mode}: {@code evaluation} or {@code production}
   */
  @Inject
  public IdentityConfig(
      @ConfigProperty(name = "isthmus.oidc.issuer") Optional<String> issuer,
      @ConfigProperty(name = "isthmus.oidc.client-id") Optional<String> clientId,
      @ConfigProperty(name = "isthmus.oidc.client-secret") Optional<String> clientSecret,
      @ConfigProperty(name = "isthmus.mode", defaultValue = "production") String mode) {
    if (!mode.equals("evaluation") && !mode.equals("production")) {
      throw new IllegalStateException(
          "isthmus.mode is \"" + mode + "\": write evaluation or production");
    }
    this.issuer =
        URI.create(
            issuer.orElseThrow(
                () ->
                    new IllegalStateException(
                        "isthmus.oidc.issuer is not set: give the realm's address, such as"
                            + " https://login.example.org/realms/isthmus")));
    this.clientId = clientId;
    this.clientSecret = clientSecret;
    this.evaluation = mode.equals("evaluation");
  }

  /** For the container's proxies. */
  protected IdentityConfig() {}

  public URI issuer() {
    return issuer;
  }

  /**
   * The portal's client.
   *
   * @throws IllegalStateException when it is not configured
   */
  public String clientId() {
    return clientId.orElseThrow(
        () -> new IllegalStateException("isthmus.oidc.client-id is not set"));
  }

  /**
   * The portal's secret at the realm.
   *
   * @throws IllegalStateException when it is not configured
   */
  public String clientSecret() {
    return clientSecret.orElseThrow(
        () -> new IllegalStateException("isthmus.oidc.client-secret is not set"));
  }

  public boolean isEvaluation() {
    return evaluation;
  }

  /** An address of the realm's OpenID Connect protocol: {@code certs}, {@code token}. */
  public URI protocol(String name) {
    return URI.create(issuer + "/protocol/openid-connect/" + name);
  }
}
