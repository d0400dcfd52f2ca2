package io.isthmus.identity;

import com.nimbusds.jose.JOSEException;
import com.nimbusds.jose.JOSEObjectType;
import com.nimbusds.jose.JWSAlgorithm;
import com.nimbusds.jose.jwk.source.JWKSource;
import com.nimbusds.jose.jwk.source.JWKSourceBuilder;
import com.nimbusds.jose.proc.BadJOSEException;
import com.nimbusds.jose.proc.DefaultJOSEObjectTypeVerifier;
import com.nimbusds.jose.proc.JWSVerificationKeySelector;
import com.nimbusds.jose.proc.SecurityContext;
import com.nimbusds.jose.util.DefaultResourceRetriever;
import com.nimbusds.jwt.JWTClaimsSet;
import com.nimbusds.jwt.proc.DefaultJWTClaimsVerifier;
import com.nimbusds.jwt.proc.DefaultJWTProcessor;
import io.isthmus.domain.fault.FaultCode;
import io.isthmus.domain.fault.FederationFault;
import io.isthmus.domain.language.Phrase;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import jakarta.json.JsonValue;
import java.net.MalformedURLException;
import java.text.ParseException;
import java.util.List;
import java.util.Set;

/**
 * Verifies access tokens of the realm: signature, issuer, audience, kind and expiry. The realm's
 * keys are cached for five minutes, fetched at most twice in five seconds, and kept for an hour
 * while Keycloak is away.
 */
@ApplicationScoped
public class BearerTokens {

  private static final long KEY_CACHE_MILLIS = 300_000;
  private static final long KEY_REFRESH_TIMEOUT_MILLIS = 15_000;
  private static final long KEY_FETCH_INTERVAL_MILLIS = 5_000;
  private static final int KEY_FETCH_TIMEOUT_MILLIS = 5_000;
  private static final int KEY_SET_MOST_BYTES = 256 * 1024;
  private static final long OUTAGE_MILLIS = 3_600_000;

  /** Put into the tokens by the realm's mapper, so that a token for something else is refused. */
  private static final String AUDIENCE = "isthmus";

  private DefaultJWTProcessor<SecurityContext> processor;

  @Inject
  public BearerTokens(IdentityConfig config) throws MalformedURLException {
    this(
        JWKSourceBuilder.create(
                config.protocol("certs").toURL(),
                // The library's own half a second is too short for a Keycloak that just started.
                new DefaultResourceRetriever(
                    KEY_FETCH_TIMEOUT_MILLIS, KEY_FETCH_TIMEOUT_MILLIS, KEY_SET_MOST_BYTES))
            .cache(KEY_CACHE_MILLIS, KEY_REFRESH_TIMEOUT_MILLIS)
            .rateLimited(KEY_FETCH_INTERVAL_MILLIS)
            .retrying(true)
            .outageTolerant(OUTAGE_MILLIS)
            .build(),
        config.issuer().toString());
  }

  BearerTokens(JWKSource<SecurityContext> keys, String issuer) {
    processor = new DefaultJWTProcessor<>();
    processor.setJWSTypeVerifier(
        new DefaultJOSEObjectTypeVerifier<>(JOSEObjectType.JWT, new JOSEObjectType("at+jwt")));
    processor.setJWSKeySelector(
        new JWSVerificationKeySelector<>(
            Set.of(JWSAlgorithm.RS256, JWSAlgorithm.PS256, JWSAlgorithm.ES256), keys));
    processor.setJWTClaimsSetVerifier(
        new DefaultJWTClaimsVerifier<>(
            AUDIENCE,
            new JWTClaimsSet.Builder().issuer(issuer).claim("typ", "Bearer").build(),
            Set.of("sub", "exp")));
  }

  /** For the container's proxies. */
  protected BearerTokens() {}

  /**
   * The claims of a good access token.
   *
   * @throws TokenRefused when it is malformed, expired, forged, for something else, or not an
   *     access token
   * @throws FederationFault IDENTITY_UNAVAILABLE when the realm's keys cannot be had, so that
   *     nothing can be said of the token
   */
  JWTClaimsSet verify(String token) throws TokenRefused {
    try {
      return processor.process(token, null);
    } catch (ParseException e) {
      throw new TokenRefused("it is no JSON Web Token", e);
    } catch (BadJOSEException e) {
      throw new TokenRefused(e.getMessage(), e);
    } catch (JOSEException e) {
      throw new FederationFault(
          FaultCode.IDENTITY_UNAVAILABLE,
          Phrase.of("access.identity-unavailable"),
          List.of(),
          JsonValue.EMPTY_JSON_OBJECT,
          e);
    }
  }
}
