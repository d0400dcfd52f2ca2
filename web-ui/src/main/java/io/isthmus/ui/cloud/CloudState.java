package io.isthmus.ui.cloud;

import io.isthmus.domain.cloud.Cloud;
import io.isthmus.domain.cloud.CloudDetails;
import io.isthmus.domain.cloud.CloudDetails.AccessDetails;
import io.isthmus.domain.cloud.CloudInventory;
import io.isthmus.domain.cloud.CloudView;
import io.isthmus.domain.cloud.Equivalence;
import io.isthmus.domain.cloud.RegionInventory;
import java.util.List;
import java.util.Optional;

/**
 * What a cloud's page is drawn from.
 *
 * @param seenBy the access whose findings are shown; empty when the cloud has none
 * @param equivalences those declared for this cloud
 */
record CloudState(
    CloudDetails details, Optional<AccessDetails> seenBy, List<Equivalence> equivalences) {

  CloudState {
    equivalences = List.copyOf(equivalences);
  }

  Cloud cloud() {
    return details.cloud();
  }

  /** What the chosen access finds; empty until a look succeeded. */
  Optional<CloudInventory> inventory() {
    return seenBy.flatMap(AccessDetails::inventory);
  }

  List<RegionInventory> regions() {
    return inventory().map(CloudInventory::regions).orElse(List.of());
  }

  /** As the map and the chips take it. */
  CloudView view() {
    return new CloudView(
        cloud().id(),
        cloud().name(),
        cloud().hue(),
        cloud().enabled(),
        seenBy.isPresent(),
        cloud().facts(),
        details.health(),
        details.prices(),
        inventory());
  }
}
