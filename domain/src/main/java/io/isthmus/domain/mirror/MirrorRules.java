package io.isthmus.domain.mirror;

import io.isthmus.domain.cloud.Cloud;
import io.isthmus.domain.cloud.CloudId;
import io.isthmus.domain.cloud.CloudStore;
import io.isthmus.domain.cloud.Mirrored;
import io.isthmus.domain.placement.Residency;
import io.isthmus.domain.placement.StandingPolicies;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import java.util.Map;
import java.util.function.Function;
import java.util.function.Supplier;
import java.util.stream.Collectors;

/**
 * How much may be kept of what each region has: what the cloud's own entry lets, within what the
 * federation's rules let.
 */
@ApplicationScoped
public class MirrorRules {

  private CloudStore clouds;
  private Supplier<Residency> wholeIn;

  @Inject
  MirrorRules(CloudStore clouds, StandingPolicies policies) {
    this(clouds, policies::mirrored);
  }

  MirrorRules(CloudStore clouds, Supplier<Residency> wholeIn) {
    this.clouds = clouds;
    this.wholeIn = wholeIn;
  }

  /** For the container's proxies. */
  protected MirrorRules() {}

  /** The rules as they are now. */
  Now now() {
    return new Now(
        clouds.clouds().stream().collect(Collectors.toMap(Cloud::id, Function.identity())),
        wholeIn.get());
  }

  /** The rules as they were at one time. */
  record Now(Map<CloudId, Cloud> clouds, Residency wholeIn) {

    Now {
      clouds = Map.copyOf(clouds);
    }

    /** Names alone of a region of a cloud that is not known. */
    Mirrored of(CloudId cloud, String region) {
      Cloud known = clouds.get(cloud);
      return known != null && wholeIn.isKeptBy(known.facts(), region)
          ? known.facts().mirrored()
          : Mirrored.NAMES;
    }
  }
}
