package io.isthmus.domain.stack;

import io.isthmus.domain.cloud.Account;
import io.isthmus.domain.cloud.CloudConnection;
import io.isthmus.domain.cloud.CloudId;
import io.isthmus.domain.fault.FaultCode;
import io.isthmus.domain.fault.FederationFault;
import io.isthmus.domain.image.CopyStore;
import io.isthmus.domain.image.ImageCopy;
import io.isthmus.domain.image.ImageId;
import io.isthmus.domain.json.Json;
import io.isthmus.domain.language.Phrase;
import io.isthmus.domain.placement.PartId;
import io.isthmus.domain.template.type.KeptImageType;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import jakarta.json.JsonObject;
import jakarta.json.JsonValue;
import jakarta.transaction.Transactional;
import java.time.Clock;
import java.time.Instant;
import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;

/**
 * Copies of a project's images as parts of its stacks. No cloud is called here: what a stack needs
 * is noted, and {@code image.ImageCopier} brings it. A stack's part is the need; the copy is all
 * stacks'.
 */
@ApplicationScoped
@Transactional(Transactional.TxType.NEVER)
public class ImageParts implements ResourceDriver {

  private CopyStore copies;
  private Clock clock;

  @Inject
  ImageParts(CopyStore copies) {
    this(copies, Clock.systemUTC());
  }

  public ImageParts(CopyStore copies, Clock clock) {
    this.copies = copies;
    this.clock = clock;
  }

  /** For the container's proxies. */
  protected ImageParts() {}

  @Override
  public Set<String> types() {
    return Set.of(KeptImageType.NAME);
  }

  @Override
  public Map<PartId, Sighting> observe(Target target, String type, Collection<DesiredPart> parts) {
    CloudId cloud = target.connection().cloud();
    Map<CopyStore.Need, ImageCopy> needed = new HashMap<>();
    Set<UUID> asked = new HashSet<>();
    for (DesiredPart part : parts) {
      UUID stack = part.mark().stack().value();
      if (asked.add(stack)) {
        needed.putAll(copies.needed(stack, cloud, target.region()));
      }
    }
    Map<PartId, Sighting> seen = new HashMap<>();
    for (DesiredPart part : parts) {
      ImageCopy copy = needed.get(need(part));
      seen.put(part.id(), copy == null ? new Sighting.Absent() : sighting(copy, part));
    }
    return seen;
  }

  private static Sighting sighting(ImageCopy copy, DesiredPart part) {
    return new Sighting.Present(
        physicalId(copy),
        switch (copy.state()) {
          case ACTIVE -> Sighting.Phase.READY;
          case FAILED -> Sighting.Phase.FAILED;
          case WANTED, COPYING, VERIFYING, REMOVING, GONE -> Sighting.Phase.BUILDING;
        },
        status(copy, size(part)),
        copy.trouble(),
        copy.code()
            .filter(code -> code == FaultCode.CLOUD_FULL || code == FaultCode.QUOTA_EXCEEDED)
            .isPresent(),
        JsonValue.EMPTY_JSON_OBJECT,
        List.of());
  }

  /** Glance's as soon as it is known. */
  private static String physicalId(ImageCopy copy) {
    return copy.glanceId().orElseGet(() -> copy.id().toString());
  }

  private static String status(ImageCopy copy, long size) {
    return switch (copy.state()) {
      case WANTED -> "queued";
      case COPYING -> size > 0 ? "saving " + copy.percent(size) + " %" : "saving";
      case VERIFYING -> "verifying";
      case ACTIVE -> "active";
      case FAILED -> "failed";
      case REMOVING, GONE -> "deleting";
    };
  }

  private static long size(DesiredPart part) {
    return part.properties().containsKey("size")
        ? part.properties().getJsonNumber("size").longValue()
        : 0;
  }

  private static CopyStore.Need need(DesiredPart part) {
    return new CopyStore.Need(
        part.mark().stack().value(), part.mark().resource(), part.mark().generation());
  }

  @Override
  public Outcome create(Target target, DesiredPart part, Instant deadline) {
    CloudConnection connection = target.connection();
    Optional<String> account = copies.account(connection.project(), connection.cloud());
    if (account.isEmpty()) {
      return new Outcome.Uncertain(
          fault(
              FaultCode.CLOUD_UNAVAILABLE,
              Phrase.of("image.account-unknown", connection.cloud()),
              connection.cloud()));
    }
    Optional<ImageCopy> copy =
        copies.want(
            ImageId.parse(part.properties().getString("id")),
            connection.project(),
            new Account(connection.cloud(), account.get()),
            target.region(),
            need(part),
            clock.instant());
    if (copy.isEmpty()) {
      return new Outcome.Refused(
          fault(
              FaultCode.CLOUD_REJECTED,
              Phrase.of("image.is-gone", part.properties().getString("name")),
              connection.cloud()));
    }
    return copy.get().state() == ImageCopy.State.REMOVING
        ? new Outcome.Refused(
            fault(
                FaultCode.CONFLICT,
                Phrase.of("image.copy-leaving", connection.cloud(), target.region()),
                connection.cloud()))
        : new Outcome.Taken(
            physicalId(copy.get()),
            copy.get().state() == ImageCopy.State.ACTIVE,
            JsonValue.EMPTY_JSON_OBJECT);
  }

  private static FederationFault fault(FaultCode code, Phrase phrase, CloudId cloud) {
    return new FederationFault(
        code,
        phrase,
        List.of(),
        Json.createObjectBuilder().add("cloud", cloud.text()).build(),
        null);
  }

  /**
   * Another image is another copy, which takes this one's place; of one that stays nothing changes.
   */
  @Override
  public Outcome update(Target target, DesiredPart part, JsonObject before, Instant deadline) {
    return new Outcome.Taken(
        part.physicalId().orElseGet(part::physicalName), true, JsonValue.EMPTY_JSON_OBJECT);
  }

  @Override
  public Outcome delete(Target target, DesiredPart part, Instant deadline) {
    copies.release(target.connection().cloud(), target.region(), need(part), clock.instant());
    return new Outcome.Gone(true);
  }

  /** There is one copy, and none can carry a part's mark. */
  @Override
  public Outcome deleteDouble(
      Target target, DesiredPart part, String physicalId, Instant deadline) {
    return new Outcome.Gone(true);
  }
}
