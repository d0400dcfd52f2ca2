package io.isthmus.identity;

import com.nimbusds.jwt.JWTClaimsSet;
import com.nimbusds.jwt.SignedJWT;
import io.isthmus.domain.access.AccessToken;
import io.isthmus.domain.access.Caller;
import io.isthmus.domain.access.Callers;
import io.isthmus.domain.access.SignInTerm;
import io.isthmus.domain.fault.FaultCode;
import io.isthmus.domain.fault.FederationFault;
import io.isthmus.domain.language.Phrase;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.inject.Instance;
import jakarta.inject.Inject;
import jakarta.security.enterprise.SecurityContext;
import jakarta.security.enterprise.identitystore.openid.OpenIdContext;
import jakarta.security.enterprise.identitystore.openid.RefreshToken;
import java.security.Principal;
import java.text.ParseException;
import java.time.Instant;
import java.util.Date;
import java.util.Optional;

/**
 * The caller of the current request, under either war: the principal that our own mechanism left,
 * or the person whose identity token the portal's OpenID Connect sign-in holds.
 */
@ApplicationScoped
public class ContainerCallers implements Callers {

  private SecurityContext security;
  private Instance<OpenIdContext> openId;

  @Inject
  public ContainerCallers(SecurityContext security, Instance<OpenIdContext> openId) {
    this.security = security;
    this.openId = openId;
  }

  /** For the container's proxies. */
  protected ContainerCallers() {}

  @Override
  public Caller current() {
    requireSignIn();
    return signedIn().map(SignedIn::caller).orElseGet(() -> Claims.caller(portalClaims()));
  }

  @Override
  public Instant signedInUntil() {
    requireSignIn();
    return signedIn()
        .map(SignedIn::until)
        .orElseGet(() -> portalClaims().getExpirationTime().toInstant());
  }

  @Override
  public Optional<SignInTerm> signInTerm() {
    requireSignIn();
    if (signedIn().isPresent()) {
      // A bearer token is sent by a program, which renews it by itself.
      return Optional.empty();
    }
    Optional<RefreshToken> renewal = openId.get().getRefreshToken();
    return renewal.isPresent()
        ? term(renewal.get().getToken())
        : term(openId.get().getAccessToken().getToken());
  }

  /** Of a token that tells; a provider need not make its refresh tokens readable. */
  static Optional<SignInTerm> term(String token) {
    try {
      JWTClaimsSet claims = SignedJWT.parse(token).getJWTClaimsSet();
      Date issued = claims.getIssueTime();
      Date expires = claims.getExpirationTime();
      return issued == null || expires == null || expires.before(issued)
          ? Optional.empty()
          : Optional.of(new SignInTerm(issued.toInstant(), expires.toInstant()));
    } catch (ParseException opaque) {
      return Optional.empty();
    }
  }

  @Override
  public AccessToken accessToken() {
    requireSignIn();
    String text = openId.get().getAccessToken().getToken();
    return new AccessToken(text, claims(text).getExpirationTime().toInstant());
  }

  private void requireSignIn() {
    Principal principal = security.getCallerPrincipal();
    if (principal == null) {
      throw new FederationFault(FaultCode.NOT_SIGNED_IN, Phrase.of("access.not-signed-in"));
    }
  }

  private Optional<SignedIn> signedIn() {
    return security.getPrincipalsByType(SignedIn.class).stream().findFirst();
  }

  private JWTClaimsSet portalClaims() {
    return claims(openId.get().getIdentityToken().getToken());
  }

  /** The container verified the session's tokens at sign-in and at each refresh. */
  private static JWTClaimsSet claims(String token) {
    try {
      return SignedJWT.parse(token).getJWTClaimsSet();
    } catch (ParseException e) {
      throw new IllegalStateException("a token of the session is no JWT", e);
    }
  }
}
