package io.isthmus.ui.element;

import com.vaadin.flow.component.Component;
import com.vaadin.flow.component.html.Div;
import io.isthmus.domain.cloud.CloudHealth;
import io.isthmus.domain.cloud.CloudId;
import io.isthmus.domain.cloud.CloudView;
import io.isthmus.domain.cloud.Place;
import io.isthmus.ui.widget.Hue;
import java.time.Instant;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;

/** The clouds as they look everywhere: each by its name and in its colour. */
public final class Clouds {

  private final Map<CloudId, Hue> hues;
  private final Map<CloudId, Instant> silent = new HashMap<>();

  public Clouds(Collection<CloudView> clouds) {
    hues = clouds.stream().collect(Collectors.toMap(CloudView::id, cloud -> new Hue(cloud.hue())));
    clouds.stream()
        .filter(cloud -> cloud.health().state() == CloudHealth.State.UNREACHABLE)
        .forEach(cloud -> cloud.health().seenAt().ifPresent(at -> silent.put(cloud.id(), at)));
  }

  /** When a cloud that does not answer now last did; empty for one that answers. */
  public Optional<Instant> lastAnswer(CloudId id) {
    return Optional.ofNullable(silent.get(id));
  }

  /** A cloud that is a member no more keeps its id and gets the first hue. */
  public Hue hue(CloudId id) {
    return hues.getOrDefault(id, new Hue(1));
  }

  public CloudChip chip(CloudId id) {
    return new CloudChip(id.text(), hue(id));
  }

  /** A chip for each cloud in which one of these places is, with its regions on hover. */
  public Component chips(Collection<Place> places) {
    Div row = new Div();
    row.addClassName("row");
    Map<CloudId, List<Place>> byCloud =
        places.stream()
            .sorted()
            .collect(
                Collectors.groupingBy(Place::cloud, java.util.TreeMap::new, Collectors.toList()));
    byCloud.forEach(
        (cloud, in) -> {
          CloudChip chip = chip(cloud);
          chip.setTitle(
              in.stream().map(Place::region).distinct().collect(Collectors.joining(", ")));
          row.add(chip);
        });
    return row;
  }

  /** A place in words, the cloud as a chip: cloud, region, and zone where there is one. */
  public Component place(Place place) {
    CloudChip chip = chip(place.cloud());
    chip.setText(
        place.cloud()
            + " / "
            + place.region()
            + place.availabilityZone().map(zone -> " / " + zone).orElse(""));
    return chip;
  }
}
