package io.isthmus.ui.signin;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import jakarta.inject.Named;
import jakarta.security.enterprise.authentication.mechanism.http.OpenIdAuthenticationMechanismDefinition;
import jakarta.security.enterprise.authentication.mechanism.http.openid.ClaimsDefinition;
import jakarta.security.enterprise.authentication.mechanism.http.openid.LogoutDefinition;
import org.eclipse.microprofile.config.inject.ConfigProperty;

/**
 * Declares the portal's sign-in: OpenID Connect's code flow. Access tokens are renewed while the
 * session at Keycloak lives; signing out ends that session too.
 */
@ApplicationScoped
@Named("portalSignIn")
@OpenIdAuthenticationMechanismDefinition(
    providerURI = "${portalSignIn.issuer}",
    clientId = "${portalSignIn.clientId}",
    clientSecret = "${portalSignIn.clientSecret}",
    redirectURI = "${baseURL}/callback",
    scope = "openid",
    redirectToOriginalResource = false,
    useSession = true,
    tokenAutoRefresh = true,
    // One that is shown to its person is good for a minute at least.
    tokenMinValidity = 60_000,
    claimsDefinition =
        @ClaimsDefinition(callerNameClaim = "preferred_username", callerGroupsClaim = "groups"),
    logout =
        @LogoutDefinition(
            notifyProvider = true,
            redirectURI = "${baseURL}/",
            accessTokenExpiry = true))
public class PortalSignIn {

  private String issuer;
  private String clientId;
  private String clientSecret;

  /**
   * @param issuer the realm's address
   */
  @Inject
  public PortalSignIn(
      @ConfigProperty(name = "isthmus.oidc.issuer") String issuer,
      @ConfigProperty(name = "isthmus.oidc.client-id") String clientId,
      @ConfigProperty(name = "isthmus.oidc.client-secret") String clientSecret) {
    this.issuer = issuer;
    this.clientId = clientId;
    this.clientSecret = clientSecret;
  }

  /** For the container's proxies. */
  protected PortalSignIn() {}

  // The definition's expressions find properties of named beans, hence these names.

  public String getIssuer() {
    return issuer;
  }

  public String getClientId() {
    return clientId;
  }

  public String getClientSecret() {
    return clientSecret;
  }
}
