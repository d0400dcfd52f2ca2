package io.isthmus.rest.drain;

import io.isthmus.domain.cloud.Area;
import io.isthmus.domain.cloud.CloudId;
import io.isthmus.domain.drain.DrainWish;
import io.isthmus.rest.problem.Arguments;
import jakarta.validation.constraints.NotNull;
import java.util.Optional;

/**
 * What is to be drained.
 *
 * @param region absent for the whole cloud
 * @param availabilityZone absent for the whole region
 * @param reason which tenants read
 * @param atOnce most stacks that move at the same time; 2 when it is absent
 * @param withData whether what holds data is made anew elsewhere too, without its data
 */
public record DrainRequest(
    @NotNull String cloud,
    String region,
    String availabilityZone,
    @NotNull String reason,
    Integer atOnce,
    Boolean withData) {

  private static final int AT_ONCE = 2;

  DrainWish toWish() {
    CloudId id = Arguments.id("cloud", cloud, CloudId::new);
    Area area =
        Arguments.parse(
            "availability_zone",
            availabilityZone == null ? "" : availabilityZone,
            zone ->
                new Area(
                    id,
                    Optional.ofNullable(region),
                    Optional.of(zone).filter(it -> !it.isEmpty())));
    return new DrainWish(
        area, reason, atOnce == null ? AT_ONCE : atOnce, Boolean.TRUE.equals(withData));
  }
}
