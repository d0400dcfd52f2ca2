package io.isthmus.domain.placement;

import io.isthmus.domain.access.ProjectId;
import io.isthmus.domain.cloud.CloudId;
import io.isthmus.domain.cloud.CloudInventory;
import io.isthmus.domain.cloud.CloudView;
import io.isthmus.domain.cloud.FederationSnapshot;
import io.isthmus.domain.cloud.LimitKind;
import io.isthmus.domain.cloud.Place;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Supplier;
import java.util.stream.Collectors;

/**
 * What would be if many stacks left places one after the other: each is planned in the federation
 * as those before would have left it, though nothing is done. The federation is looked at once for
 * each project whose stacks come one after the other. Not safe for use by several threads.
 */
public final class Foresight {

  /** So that a question about many projects does not hold what each of them sees. */
  private static final int MOST_SEEN = 4;

  private final Map<ProjectId, FederationSnapshot> seen =
      new LinkedHashMap<>() {
        private static final long serialVersionUID = 1L;

        @Override
        protected boolean removeEldestEntry(Map.Entry<ProjectId, FederationSnapshot> eldest) {
          return size() > MOST_SEEN;
        }
      };

  /** By whose quota it is, cloud by cloud: what was taken of it, by region. */
  private final Map<String, Map<Place, Map<LimitKind, Long>>> taken = new HashMap<>();

  /**
   * The federation as a project would see it now.
   *
   * @param first asked once for each project
   */
  FederationSnapshot see(ProjectId project, Supplier<FederationSnapshot> first) {
    FederationSnapshot snapshot = seen.computeIfAbsent(project, none -> first.get());
    Map<Place, Map<LimitKind, Long>> more = new HashMap<>();
    for (CloudView cloud : snapshot.clouds()) {
      more.putAll(taken.getOrDefault(holder(project, cloud), Map.of()));
    }
    return snapshot.reserving(more);
  }

  /** A stack takes what its plan makes anew. */
  void take(
      ProjectId project,
      FederationSnapshot snapshot,
      List<PlannedPart> parts,
      List<PlannedUpdate.Step> steps) {
    Set<PartId> fresh = new HashSet<>();
    steps.stream().filter(PlannedUpdate.Step::isNew).forEach(step -> fresh.add(step.id()));
    Map<CloudId, String> holders =
        snapshot.clouds().stream()
            .collect(Collectors.toMap(CloudView::id, cloud -> holder(project, cloud)));
    parts.stream()
        .filter(part -> fresh.contains(part.id()))
        .forEach(
            part ->
                part.counts()
                    .forEach(
                        (kind, amount) ->
                            taken
                                .computeIfAbsent(
                                    holders.get(part.id().cloud()), none -> new HashMap<>())
                                .computeIfAbsent(part.id().place(), none -> new HashMap<>())
                                .merge(kind, amount, Long::sum)));
  }

  /** Projects whose accesses lead into one account share its quotas. */
  private static String holder(ProjectId project, CloudView cloud) {
    return cloud.id()
        + "/"
        + cloud.inventory().flatMap(CloudInventory::account).orElse(" " + project);
  }
}
