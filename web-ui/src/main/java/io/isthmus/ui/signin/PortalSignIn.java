package io.isthmus.ui.signin;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Named;
import jakarta.security.enterprise.authentication.mechanism.http.OpenIdAuthenticationMechanismDefinition;
import jakarta.security.enterprise.authentication.mechanism.http.openid.ClaimsDefinition;
import jakarta.security.enterprise.authentication.mechanism.http.openid.LogoutDefinition;

/**
 * Declares the portal's sign-in: OpenID Connect's code flow. Access tokens are renewed while the
 * session at Keycloak lives; signing out ends that session too.
 */
@ApplicationScoped
@Named("portalSignIn")
@OpenIdAuthenticationMechanismDefinition(
    providerURI = "${isthmus.oidc.issuer}",
    clientId = "${isthmus.oidc.client-id}",
    clientSecret = "${isthmus.oidc.client-secret}",
    redirectURI = "${baseURL}/callback",
    redirectToOriginalResource = false,
    useSession = true,
    tokenAutoRefresh = true,
    tokenMinValidity = 10_000,
    claimsDefinition =
        @ClaimsDefinition(callerNameClaim = "preferred_username", callerGroupsClaim = "groups"),
    logout =
        @LogoutDefinition(
            notifyProvider = true,
            redirectURI = "${baseURL}/",
            accessTokenExpiry = true))
public class PortalSignIn {}
