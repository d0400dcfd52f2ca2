package io.isthmus.openstack.resource;

import io.isthmus.domain.fault.FaultCode;
import io.isthmus.domain.fault.FederationFault;
import io.isthmus.domain.language.Phrase;
import io.isthmus.domain.placement.PartId;
import io.isthmus.domain.stack.DesiredPart;
import io.isthmus.domain.stack.Mark;
import io.isthmus.domain.stack.Outcome;
import io.isthmus.domain.stack.ResourceDriver;
import io.isthmus.domain.stack.Sighting;
import io.isthmus.domain.stack.Target;
import io.isthmus.openstack.conversation.CloudSession;
import io.isthmus.openstack.conversation.Clouds;
import io.isthmus.openstack.http.CloudFault;
import io.isthmus.openstack.http.Deadline;
import jakarta.inject.Inject;
import jakarta.json.JsonObject;
import jakarta.json.JsonValue;
import jakarta.transaction.Transactional;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * Drives a type that is a relation between two resources. It can carry no mark, and needs none: the
 * two ends say all, and the cloud holds it once or not at all.
 */
@Transactional(Transactional.TxType.NEVER)
public abstract class RelationDriver implements ResourceDriver {
  private Clouds clouds;

  /** For the container's proxy. */
  protected RelationDriver() {}

  protected RelationDriver(Clouds clouds) {
    this.clouds = clouds;
  }

  @Inject
  void use(Clouds newClouds) {
    clouds = newClouds;
  }

  /** The HOT type. */
  protected abstract String type();

  /** A relation as it is seen; {@code id} is what is recorded of it. */
  public record Relation(String id, Sighting.Phase phase, String status, JsonObject seen) {}

  /** The part with ids where its properties may hold names. */
  protected DesiredPart withIds(Work work, DesiredPart part) {
    return part;
  }

  /** Reads by as few calls as possible what shows these relations. */
  protected abstract List<JsonObject> read(Work work, Collection<DesiredPart> parts);

  /** The relation among what was read. */
  protected abstract Optional<Relation> among(List<JsonObject> read, DesiredPart part);

  /** Relates. Returns its id. */
  protected abstract Relation relate(Work work, DesiredPart part);

  /** Ends the relation. */
  protected abstract void part(Work work, DesiredPart part, Relation relation);

  /** Whether it is over as soon as the cloud has taken its end. */
  protected boolean endsAtOnce() {
    return true;
  }

  /**
   * Properties that say which relation it is: with others in them the one before must end before
   * the one that is wanted can begin.
   */
  protected abstract List<String> ends();

  /**
   * Brings a relation of the right ends to what is wanted; most have nothing more to say.
   *
   * @param before the properties that were given last
   */
  protected Relation adapt(Work work, DesiredPart part, JsonObject before, Relation relation) {
    return relation;
  }

  @Override
  public Set<String> types() {
    return Set.of(type());
  }

  @Override
  public Map<PartId, Sighting> observe(Target target, String type, Collection<DesiredPart> parts) {
    Map<PartId, Sighting> sightings = new HashMap<>();
    if (parts.isEmpty()) {
      return sightings;
    }
    try {
      CloudSession session = clouds.session(target.connection());
      Work work = new Work(session, target.region(), session.deadline());
      List<DesiredPart> named = new ArrayList<>();
      for (DesiredPart part : parts) {
        find(work, part)
            .ifPresentOrElse(named::add, () -> sightings.put(part.id(), new Sighting.Absent()));
      }
      List<JsonObject> read = named.isEmpty() ? List.of() : read(work, named);
      for (DesiredPart part : named) {
        sightings.put(
            part.id(),
            among(read, part).map(RelationDriver::present).orElseGet(Sighting.Absent::new));
      }
    } catch (FederationFault fault) {
      parts.forEach(part -> sightings.put(part.id(), new Sighting.Unknown(fault)));
    } catch (RuntimeException defect) {
      FederationFault fault = Outcomes.unexpected(defect);
      parts.forEach(part -> sightings.put(part.id(), new Sighting.Unknown(fault)));
    }
    return sightings;
  }

  /** Empty when an end that is given by name is not there, and so the relation neither. */
  private Optional<DesiredPart> find(Work work, DesiredPart part) {
    try {
      return Optional.of(withIds(work, part));
    } catch (CloudFault fault) {
      if (fault.status() == 404) {
        return Optional.empty();
      }
      throw fault;
    }
  }

  private static Sighting present(Relation relation) {
    return new Sighting.Present(
        relation.id(),
        relation.phase(),
        relation.status(),
        Optional.empty(),
        false,
        attributes(relation),
        List.of());
  }

  private static JsonObject attributes(Relation relation) {
    return io.isthmus.domain.json.Json.createObjectBuilder()
        .add("show", relation.seen() == null ? JsonValue.EMPTY_JSON_OBJECT : relation.seen())
        .build();
  }

  @Override
  public Outcome create(Target target, DesiredPart part, Instant deadline) {
    return Outcomes.of(
        () -> {
          Work work = work(target, deadline);
          DesiredPart named = withIds(work, part);
          Relation relation =
              among(read(work, List.of(named)), named).orElseGet(() -> relateOnce(work, named));
          return taken(relation, relation.phase() == Sighting.Phase.READY);
        });
  }

  /**
   * A request that was repeated because its first answer got lost is refused since the relation is
   * there already.
   */
  private Relation relateOnce(Work work, DesiredPart part) {
    try {
      return relate(work, part);
    } catch (CloudFault fault) {
      if (!fault.isRefusal()) {
        throw fault;
      }
      return among(read(work, List.of(part)), part).orElseThrow(() -> fault);
    }
  }

  /** What it relates are taken over on their own; it carries no mark. */
  @Override
  public Outcome adopt(Target target, DesiredPart part, Optional<Mark> from, Instant deadline) {
    return Outcomes.of(
        () -> {
          Work work = work(target, deadline);
          DesiredPart named = withIds(work, part);
          Relation relation =
              among(read(work, List.of(named)), named)
                  .filter(found -> found.phase() != Sighting.Phase.DELETING)
                  .orElseThrow(
                      () ->
                          work.refused(
                              FaultCode.CLOUD_REJECTED,
                              Phrase.of(
                                  "driver.adopt-missing",
                                  part.type(),
                                  part.physicalId().orElse(part.physicalName()),
                                  work.session().cloud())));
          return new Outcome.Adopted(relation.id(), Optional.empty(), attributes(relation));
        });
  }

  @Override
  public Outcome update(Target target, DesiredPart part, JsonObject before, Instant deadline) {
    return Outcomes.of(
        () -> {
          Work work = work(target, deadline);
          DesiredPart named = withIds(work, part);
          for (JsonObject past : ResourceDriver.tried(before)) {
            Optional<Relation> ending = end(work, named, with(part, past));
            if (ending.isPresent()) {
              return taken(ending.get(), false);
            }
          }
          Optional<Relation> there = among(read(work, List.of(named)), named);
          if (there.filter(found -> found.phase() == Sighting.Phase.DELETING).isPresent()) {
            return taken(there.get(), false);
          }
          Relation relation =
              there
                  .map(found -> adapt(work, named, before, found))
                  .orElseGet(() -> relateOnce(work, named));
          return taken(relation, relation.phase() == Sighting.Phase.READY);
        });
  }

  /** Ends the relation before, if it has other ends. Returns it while it is on its way out. */
  private Optional<Relation> end(Work work, DesiredPart named, DesiredPart past) {
    boolean wasGiven =
        ends().stream().anyMatch(end -> Bodies.text(past.properties(), end).isPresent());
    Optional<DesiredPart> known = wasGiven ? find(work, past) : Optional.empty();
    if (known.isEmpty()
        || ends().stream()
            .allMatch(
                end ->
                    Bodies.text(known.get().properties(), end)
                        .equals(Bodies.text(named.properties(), end)))) {
      return Optional.empty();
    }
    Optional<Relation> relation = among(read(work, List.of(known.get())), known.get());
    if (relation.filter(found -> found.phase() != Sighting.Phase.DELETING).isPresent()) {
      try {
        part(work, known.get(), relation.get());
      } catch (CloudFault fault) {
        if (fault.status() != 404) {
          throw fault;
        }
        return Optional.empty();
      }
    }
    return relation.filter(found -> found.phase() == Sighting.Phase.DELETING || !endsAtOnce());
  }

  private static DesiredPart with(DesiredPart part, JsonObject properties) {
    return new DesiredPart(
        part.id(),
        part.type(),
        part.mark(),
        part.physicalName(),
        part.physicalId(),
        part.availabilityZone(),
        properties);
  }

  private static Outcome taken(Relation relation, boolean ready) {
    return new Outcome.Taken(relation.id(), ready, attributes(relation));
  }

  @Override
  public Outcome delete(Target target, DesiredPart part, Instant deadline) {
    return Outcomes.of(
        () -> {
          Work work = work(target, deadline);
          Optional<DesiredPart> named = find(work, part);
          Optional<Relation> relation =
              named.flatMap(known -> among(read(work, List.of(known)), known));
          if (relation.isEmpty()) {
            return new Outcome.Gone(true);
          }
          if (relation.get().phase() == Sighting.Phase.DELETING) {
            return new Outcome.Gone(false);
          }
          try {
            part(work, named.get(), relation.get());
          } catch (CloudFault fault) {
            if (fault.status() != 404) {
              throw fault;
            }
            return new Outcome.Gone(true);
          }
          return new Outcome.Gone(endsAtOnce());
        });
  }

  /** There is never a second one. */
  @Override
  public Outcome deleteDouble(
      Target target, DesiredPart part, String physicalId, Instant deadline) {
    return new Outcome.Gone(true);
  }

  private Work work(Target target, Instant deadline) {
    CloudSession session = clouds.session(target.connection());
    return new Work(
        session, target.region(), Deadline.at(deadline, clouds.config().totalTimeout()));
  }
}
