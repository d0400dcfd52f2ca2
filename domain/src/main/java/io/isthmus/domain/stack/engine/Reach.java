package io.isthmus.domain.stack.engine;

import io.isthmus.domain.cloud.CloudConnection;
import io.isthmus.domain.cloud.CloudId;
import io.isthmus.domain.fault.FaultCode;
import io.isthmus.domain.fault.FederationFault;
import io.isthmus.domain.language.Phrase;
import io.isthmus.domain.placement.PartId;
import io.isthmus.domain.stack.DesiredPart;
import io.isthmus.domain.stack.Mark;
import io.isthmus.domain.stack.PhysicalNames;
import io.isthmus.domain.stack.StackPart;
import io.isthmus.domain.stack.Target;
import jakarta.json.JsonValue;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;

/** What drivers are given: the way into a cloud, and what a part shall be. */
final class Reach {

  /** Then a way in is asked for anew: the project may have lost it, or got another. */
  private static final Duration HOLDS = Duration.ofSeconds(5);

  private final Engine engine;
  private final Ledger ledger;
  private final Map<CloudId, Way> ways = new HashMap<>();

  /** A way into a cloud, and when it was asked for. */
  private record Way(CloudConnection connection, Instant since) {}

  Reach(Engine engine, Ledger ledger) {
    this.engine = engine;
    this.ledger = ledger;
  }

  /** Where the part is; empty when the project has no way into that cloud now. */
  Optional<Target> target(PartId id) {
    Instant now = engine.clock().instant();
    Way known = ways.get(id.cloud());
    if (known == null || !now.isBefore(known.since().plus(HOLDS))) {
      ways.remove(id.cloud());
      engine
          .connections()
          .find(ledger.stack().project(), id.cloud())
          .ifPresent(connection -> ways.put(id.cloud(), new Way(connection, now)));
    }
    return Optional.ofNullable(ways.get(id.cloud()))
        .map(way -> new Target(way.connection(), id.region()));
  }

  static FederationFault noWayIn(CloudId cloud) {
    return new FederationFault(FaultCode.CLOUD_UNAVAILABLE, Phrase.of("stack.no-access", cloud));
  }

  DesiredPart desired(StackPart part) {
    return new DesiredPart(
        part.id(),
        part.type(),
        new Mark(ledger.stack().id(), part.id().resource(), part.key().generation()),
        PhysicalNames.of(ledger.stack(), part),
        // What is gone is looked for by its mark: one list, not a call for each.
        part.isGone() ? Optional.empty() : part.state().physicalId(),
        part.availabilityZone(),
        part.state().properties().orElse(JsonValue.EMPTY_JSON_OBJECT));
  }
}
