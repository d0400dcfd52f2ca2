package io.isthmus.domain.campaign;

import io.isthmus.domain.placement.CostDifference;
import io.isthmus.domain.placement.ForeseenJson;
import io.isthmus.domain.placement.ForeseenUpdate;
import io.isthmus.domain.placement.ResourceChange;
import jakarta.json.JsonObject;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;

/**
 * What a campaign would make of one stack.
 *
 * @param changes what becomes of its resources, without those that stay as and where they are
 * @param cost what it costs more, or less, afterwards
 */
public record StackPreview(List<ResourceChange> changes, CostDifference cost) {

  public StackPreview {
    changes = List.copyOf(changes);
  }

  static StackPreview of(ForeseenUpdate foreseen) {
    return new StackPreview(foreseen.changes(), foreseen.cost());
  }

  /** How many resources become what. */
  public Map<ResourceChange.Kind, Integer> counts() {
    Map<ResourceChange.Kind, Integer> counts = new EnumMap<>(ResourceChange.Kind.class);
    changes.forEach(change -> counts.merge(change.kind(), 1, Integer::sum));
    return counts;
  }

  /** Of how many something is interrupted. */
  public int interrupted() {
    return (int) changes.stream().filter(change -> change.interruption().isPresent()).count();
  }

  /** The same for plans that make the same of the same resources, wherever these are. */
  String shape() {
    return CampaignChange.digest(
        changes.stream()
            .map(change -> change.kind() + " " + change.resource())
            .sorted()
            .collect(Collectors.joining("\n")));
  }

  JsonObject toJson() {
    return ForeseenJson.write(changes, cost);
  }

  static StackPreview of(JsonObject json) {
    return new StackPreview(ForeseenJson.changes(json), ForeseenJson.cost(json));
  }
}
