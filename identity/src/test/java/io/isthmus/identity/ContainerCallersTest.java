package io.isthmus.identity;

import static org.assertj.core.api.Assertions.assertThat;

import com.nimbusds.jose.JWSAlgorithm;
import com.nimbusds.jose.JWSHeader;
import com.nimbusds.jose.crypto.MACSigner;
import com.nimbusds.jwt.JWTClaimsSet;
import com.nimbusds.jwt.SignedJWT;
import io.isthmus.domain.access.SignInTerm;
import java.time.Instant;
import java.util.Date;
import org.junit.jupiter.api.Test;

class ContainerCallersTest {

  private static final Instant ISSUED = Instant.parse("2026-11-26T12:00:00Z");
  private static final Instant EXPIRES = Instant.parse("2026-11-26T20:00:00Z");

  @Test
  void aRefreshTokenThatCanBeReadTellsHowLongTheSignInLasts() throws Exception {
    JWTClaimsSet claims =
        new JWTClaimsSet.Builder()
            .issueTime(Date.from(ISSUED))
            .expirationTime(Date.from(EXPIRES))
            .build();

    assertThat(ContainerCallers.term(signed(claims))).contains(new SignInTerm(ISSUED, EXPIRES));
  }

  @Test
  void oneWithoutAnEndOrThatIsOpaqueTellsNothing() throws Exception {
    JWTClaimsSet offline = new JWTClaimsSet.Builder().issueTime(Date.from(ISSUED)).build();

    assertThat(ContainerCallers.term(signed(offline))).isEmpty();
    assertThat(ContainerCallers.term("0f2c9a7e")).isEmpty();
  }

  private static String signed(JWTClaimsSet claims) throws Exception {
    SignedJWT token = new SignedJWT(new JWSHeader(JWSAlgorithm.HS512), claims);
    token.sign(new MACSigner(new byte[64]));
    return token.serialize();
  }
}
