package io.isthmus.domain.stack;

import io.isthmus.domain.cloud.CloudId;
import io.isthmus.domain.cloud.Place;
import io.isthmus.domain.fault.FederationFault;
import io.isthmus.domain.placement.PartId;
import io.isthmus.domain.placement.PlannedPart;
import io.isthmus.domain.placement.Resolution;
import io.isthmus.domain.template.TemplateSource;
import jakarta.json.JsonObject;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * What abandoning a stack told of it, as Heat's {@code adopt_stack_data}: what it was made from,
 * and which resources it has in which clouds. It comes from outside, and nothing in it is believed
 * before clouds were asked.
 *
 * <p>A document of Heat itself names no places, since a stack of Heat is in one region of one
 * cloud; {@link #at} says which.
 *
 * @param name the stack's; may be empty
 * @param origin the stack that was abandoned; empty when the document names none
 * @param environment its parameters and registry, as Heat's environments
 * @param hidden names of parameters whose values are left out
 * @param policy text of the placement policy; empty text when there was none
 * @param unplaced resources of which it names no place
 * @param drawn texts that were drawn for the stack, by resource, as far as it tells them; secret
 */
public record AdoptionDocument(
    String name,
    Optional<StackId> origin,
    TemplateSource template,
    JsonObject environment,
    Set<String> hidden,
    Optional<String> policy,
    List<Resource> resources,
    List<Unplaced> unplaced,
    Map<String, String> drawn) {

  /** Of the document, in bytes of UTF-8. */
  public static final int MAX_BYTES = 8 * 1024 * 1024;

  /** In a document, each place of a resource counted. */
  public static final int MOST_RESOURCES = 20_000;

  public AdoptionDocument {
    hidden = Set.copyOf(hidden);
    resources = List.copyOf(resources);
    unplaced = List.copyOf(unplaced);
    drawn = Map.copyOf(drawn);
  }

  /**
   * One resource of a document that does not say where it is.
   *
   * @param resource its path in the stack
   * @param physicalId the cloud's id of it
   */
  public record Unplaced(String resource, String type, String physicalId) {

    private Resource in(Place place) {
      return new Resource(
          new PartId(resource, place.cloud(), place.region()),
          type,
          Optional.empty(),
          physicalId,
          true,
          Optional.empty(),
          List.of());
    }
  }

  /**
   * One resource in one place.
   *
   * @param physicalId the cloud's id of it
   * @param wanted whether the stack wanted it; else it was on its way out
   * @param mark that is on it, if any is
   * @param resolutions what names and addresses of the template mean to it
   */
  public record Resource(
      PartId id,
      String type,
      Optional<String> availabilityZone,
      String physicalId,
      boolean wanted,
      Optional<Mark> mark,
      List<Resolution> resolutions) {

    public Resource {
      resolutions = List.copyOf(resolutions);
    }

    /** As planning sees what stands. */
    PlannedPart planned() {
      return new PlannedPart(
          id, type, availabilityZone, resolutions, Set.of(), Map.of(), Optional.empty());
    }
  }

  /**
   * @throws FederationFault REQUEST_INVALID, saying what is wrong; TOO_LARGE
   */
  public static AdoptionDocument parse(String text) {
    return AdoptionReader.read(text);
  }

  /** The same, all that it names no place of being in that region. */
  public AdoptionDocument at(CloudId cloud, String region) {
    List<Resource> all = new ArrayList<>(resources);
    unplaced.forEach(one -> all.add(one.in(Place.inRegion(cloud, region))));
    return new AdoptionDocument(
        name, origin, template, environment, hidden, policy, all, List.of(), drawn);
  }

  /** Tells no parameter and nothing that was drawn, as some are secret. */
  @Override
  public String toString() {
    return "AdoptionDocument[" + name + ", " + resources.size() + " resources]";
  }
}
