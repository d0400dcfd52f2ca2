package io.isthmus.domain.stack;

import io.isthmus.domain.placement.PartId;
import io.isthmus.domain.placement.PlannedPart;
import io.isthmus.domain.placement.Refusal;
import io.isthmus.domain.placement.Standing;
import io.isthmus.domain.template.DeletionPolicy;
import java.util.Collection;
import java.util.List;
import java.util.Set;
import java.util.function.Predicate;
import java.util.stream.Collectors;

/** How a stack stands for who looks for another place for some of its parts. */
public final class StackStanding {

  /** Complete ones may have put something on volumes. */
  private static final Set<String> MAY_HAVE_WRITTEN =
      Set.of("OS::Nova::Server", "OS::Cinder::VolumeAttachment");

  private StackStanding() {}

  /**
   * @param wanted all parts that shall be there
   * @param failed those of them that cannot be where they shall be
   * @param refusals as long as they count
   */
  public static Standing of(
      Collection<StackPart> wanted, Collection<StackPart> failed, List<Refusal> refusals) {
    return of(wanted, failed, part -> false, refusals);
  }

  /**
   * @param wanted all parts that shall be there
   * @param failed those of them that cannot be where they shall be
   * @param stays which of them must stay where they are, beside those that may hold something
   * @param refusals as long as they count
   */
  public static Standing of(
      Collection<StackPart> wanted,
      Collection<StackPart> failed,
      Predicate<StackPart> stays,
      List<Refusal> refusals) {
    return new Standing(
        wanted.stream().map(StackStanding::planned).toList(),
        ids(wanted, part -> !part.isUntouched()),
        ids(wanted, part -> isKept(part) || stays.test(part)),
        ids(failed, part -> true),
        refusals);
  }

  private static PlannedPart planned(StackPart part) {
    PartSpec spec = part.goalSpec();
    return new PlannedPart(
        part.id(),
        part.type(),
        spec.availabilityZone(),
        spec.resolutions(),
        spec.requires(),
        spec.counts(),
        spec.measure());
  }

  private static Set<PartId> ids(Collection<StackPart> parts, Predicate<StackPart> condition) {
    return parts.stream()
        .filter(condition)
        .map(StackPart::id)
        .collect(Collectors.toUnmodifiableSet());
  }

  private static boolean isKept(StackPart part) {
    return part.isMade() && MAY_HAVE_WRITTEN.contains(part.type())
        || !part.isUntouched() && part.deletionPolicy() != DeletionPolicy.DELETE;
  }
}
