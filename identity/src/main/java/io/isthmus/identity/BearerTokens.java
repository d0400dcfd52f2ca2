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
import com.nimbusds.jwt.JWTClaimsSet;
import com.nimbusds.jwt.proc.DefaultJWTClaimsVerifier;
import com.nimbusds.jwt.proc.DefaultJWTProcessor;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import java.net.MalformedURLException;
import java.text.ParseException;
import java.util.Set;

/**
 * Verifies access tokens of the realm: signature, issuer, audience, kind and expiry. The realm's
 * keys are cached for five minutes, fetched at most every thirty seconds, and kept for an hour
 * while Keycloak is away.
 */
@ApplicationScoped
public class BearerTokens {

  private static final long KEY_CACHE_MILLIS = 300_000;
  private static final long KEY_REFRESH_TIMEOUT_MILLIS = 15_000;
  private static final long KEY_FETCH_INTERVAL_MILLIS = 30_000;
  private static final long OUTAGE_MILLIS = 3_600_000;

  /** Put into the tokens by the realm's mapper, so that a token for something else is refused. */
  private static final String AUDIENCE = "isthmus";

  private DefaultJWTProcessor<SecurityContext> processor;

  @Inject
  public BearerTokens(IdentityConfig config) throws MalformedURLException {
    this(
        JWKSourceBuilder.create(config.protocol("certs").toURL())
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
   *     access token; also when the realm's keys cannot be had
   */
  JWTClaimsSet verify(String token) throws TokenRefused {
    try {
      return processor.process(token, null);
    } catch (ParseException e) {
      throw new TokenRefused("it is no JSON Web Token", e);
    } catch (BadJOSEException e) {
      throw new TokenRefused(e.getMessage(), e);
    } catch (JOSEException e) {
      throw new TokenRefused("the identity provider's keys cannot be read", e);
    }
  }
}
