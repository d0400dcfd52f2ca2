package io.isthmus.domain.cloud;

import jakarta.enterprise.context.Dependent;
import jakarta.inject.Inject;
import java.time.Duration;
import org.eclipse.microprofile.config.inject.ConfigProperty;

/** How often clouds are looked at. */
@Dependent
public class RefreshSettings {

  private final Duration interval;
  private final Duration retryInterval;
  private final Duration deadline;
  private final int parallel;

  /**
   * @param interval from one look at a cloud to the next, ISO-8601 duration
   * @param retryInterval the same while the cloud does not answer
   * @param deadline for one look; what takes longer counts as no answer
   * @param parallel looks that this server takes at the same time
   */
  @Inject
  public RefreshSettings(
      @ConfigProperty(name = "isthmus.inventory.interval", defaultValue = "PT25S")
          Duration interval,
      @ConfigProperty(name = "isthmus.inventory.retry-interval", defaultValue = "PT15S")
          Duration retryInterval,
      @ConfigProperty(name = "isthmus.inventory.deadline", defaultValue = "PT45S")
          Duration deadline,
      @ConfigProperty(name = "isthmus.inventory.parallel", defaultValue = "16") int parallel) {
    this.interval = interval;
    this.retryInterval = retryInterval;
    this.deadline = deadline;
    this.parallel = parallel;
  }

  Duration interval() {
    return interval;
  }

  Duration retryInterval() {
    return retryInterval;
  }

  Duration deadline() {
    return deadline;
  }

  int parallel() {
    return parallel;
  }
}
