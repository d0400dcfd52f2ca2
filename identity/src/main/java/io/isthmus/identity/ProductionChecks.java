package io.isthmus.identity;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import java.io.IOException;
import java.util.List;
import java.util.Optional;
import java.util.logging.Level;
import java.util.logging.Logger;
import org.eclipse.microprofile.config.inject.ConfigProperty;

/**
 * What production does not start with: an issuer over plain HTTP, or one of the evaluation's users
 * with the password that everybody knows. (The default encryption key is refused where keys are
 * read.)
 */
@ApplicationScoped
public class ProductionChecks {

  private static final Logger LOG = Logger.getLogger(ProductionChecks.class.getName());

  /** Their passwords in an evaluation are equal to their names. */
  private static final List<String> WELL_KNOWN = List.of("alice", "bob", "admin");

  private IdentityConfig config;
  private Optional<String> publicUrl;

  /**
   * @param publicUrl {@code isthmus.public-url}: the portal's address
   */
  @Inject
  public ProductionChecks(
      IdentityConfig config,
      @ConfigProperty(name = "isthmus.public-url") Optional<String> publicUrl) {
    this.config = config;
    this.publicUrl = publicUrl;
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
    SignInTrial trial = new SignInTrial(config, publicUrl);
    for (String name : WELL_KNOWN) {
      switch (outcome(trial, name)) {
        case ACCEPTED ->
            throw new IllegalStateException(
                "the realm "
                    + config.issuer()
                    + " has a user \""
                    + name
                    + "\" with the evaluation's password: change it or remove the user");
        case UNKNOWN ->
            LOG.log(
                Level.WARNING,
                "Nobody checked whether {0} has a user \"{1}\" with the evaluation''s password:"
                    + " neither a token request of isthmus-cli nor the sign-in page took one. Make"
                    + " sure that it has not.",
                new Object[] {config.issuer(), name});
        case REFUSED -> LOG.log(Level.FINE, "{0} has no well-known password", name);
      }
    }
  }

  private SignInTrial.Outcome outcome(SignInTrial trial, String name) {
    try {
      return trial.of(name, name);
    } catch (IOException e) {
      throw new IllegalStateException(
          config.issuer() + " does not answer: start Keycloak first, and check the address: " + e,
          e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException("interrupted while asking " + config.issuer(), e);
    }
  }
}
