package io.isthmus.identity;

import com.nimbusds.jwt.JWTClaimsSet;
import io.isthmus.domain.access.Caller;
import java.util.Collection;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;

/** Reads a caller out of a token's claims, as the realm's mappers write them. */
final class Claims {

  private static final Set<String> FEDERATION_ROLES =
      Set.of(Caller.FEDERATION_ADMIN, Caller.FEDERATION_AUDITOR);

  private Claims() {}

  /**
   * @param claims of a token whose signature and issuer have been verified
   */
  static Caller caller(JWTClaimsSet claims) {
    Object name = claims.getClaim("preferred_username");
    return new Caller(
        claims.getSubject(),
        name == null ? claims.getSubject() : name.toString(),
        organizations(claims.getClaim("organization")),
        groups(claims).stream().filter(FEDERATION_ROLES::contains).collect(Collectors.toSet()));
  }

  /** The realm roles, which the container takes for its groups. */
  static Set<String> groups(JWTClaimsSet claims) {
    return texts(claims.getClaim("groups"));
  }

  /** Keycloak writes the aliases as keys, with what is known of each, or as a plain list. */
  private static Set<String> organizations(Object claim) {
    return claim instanceof Map<?, ?> byAlias ? texts(byAlias.keySet()) : texts(claim);
  }

  private static Set<String> texts(Object claim) {
    if (claim instanceof Collection<?> values) {
      return values.stream().map(Object::toString).collect(Collectors.toSet());
    }
    return claim == null ? Set.of() : Set.of(claim.toString());
  }
}
