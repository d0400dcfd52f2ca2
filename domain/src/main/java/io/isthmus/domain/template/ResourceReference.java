package io.isthmus.domain.template;

import java.util.Optional;

/**
 * One resource's need of another.
 *
 * @param property path of the property in which it is said, such as {@code networks.0.port}; empty
 *     for {@code depends_on}
 * @param target path of the resource that is needed; of a group, the group's own
 * @param attribute the attribute asked for; empty for {@code get_resource} and {@code depends_on}
 * @param sameRegion whether the property names a physical resource that must lie in the same region
 */
public record ResourceReference(
    Optional<String> property, String target, Optional<String> attribute, boolean sameRegion) {}
