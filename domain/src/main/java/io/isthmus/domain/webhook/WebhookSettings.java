package io.isthmus.domain.webhook;

import io.isthmus.domain.cloud.AddressGuard;
import jakarta.enterprise.context.Dependent;
import jakarta.inject.Inject;
import java.time.Duration;
import java.util.Optional;
import org.eclipse.microprofile.config.inject.ConfigProperty;

/** Where webhooks may lead, and how long and how many at once are tried. */
@Dependent
public class WebhookSettings {

  private final AddressGuard guard;
  private final boolean plain;
  private final int parallel;
  private final Duration patience;

  /**
   * @param mode in {@code evaluation} loopback and private addresses may be gone to, and http
   * @param networks {@code isthmus.webhooks.private-networks}: private ones that may be, in CIDR
   *     notation, separated by commas
   * @param plain {@code isthmus.webhooks.http}: whether http is gone to beside https
   * @param parallel {@code isthmus.webhooks.parallel}: webhooks that this server serves at once
   * @param patience {@code isthmus.webhooks.give-up-after}: from the first try of a message to the
   *     last, ISO-8601 duration
   * @throws IllegalArgumentException when one of them is malformed
   */
  @Inject
  public WebhookSettings(
      @ConfigProperty(name = "isthmus.mode", defaultValue = "production") String mode,
      @ConfigProperty(name = "isthmus.webhooks.private-networks") Optional<String> networks,
      @ConfigProperty(name = "isthmus.webhooks.http", defaultValue = "false") boolean plain,
      @ConfigProperty(name = "isthmus.webhooks.parallel", defaultValue = "8") int parallel,
      @ConfigProperty(name = "isthmus.webhooks.give-up-after", defaultValue = "P1D")
          Duration patience) {
    this.guard = new AddressGuard(mode, networks);
    this.plain = plain || mode.equals("evaluation");
    this.parallel = parallel;
    this.patience = patience;
  }

  /** Says which addresses may be gone to. */
  public AddressGuard guard() {
    return guard;
  }

  /** Whether http is gone to beside https. */
  public boolean allowsPlain() {
    return plain;
  }

  int parallel() {
    return parallel;
  }

  Duration patience() {
    return patience;
  }
}
