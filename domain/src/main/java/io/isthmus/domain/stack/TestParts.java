package io.isthmus.domain.stack;

import io.isthmus.domain.fault.FaultCode;
import io.isthmus.domain.fault.FederationFault;
import io.isthmus.domain.json.Json;
import io.isthmus.domain.language.Phrase;
import io.isthmus.domain.placement.PartId;
import io.isthmus.domain.template.type.TestResourceType;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import jakarta.json.JsonObject;
import jakarta.json.JsonString;
import jakarta.json.JsonValue;
import jakarta.transaction.Transactional;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;

/**
 * Resources that do nothing. No cloud is called: what exists is what the stack has recorded, and
 * its id tells since when, so that one whose creation was not recorded was never there.
 */
@ApplicationScoped
@Transactional(Transactional.TxType.NEVER)
public class TestParts implements ResourceDriver {

  private static final String DEFAULT_VALUE = "test_string";

  /** Between a part's name and the milliseconds since 1970 at which it was made. */
  private static final char SINCE = '@';

  /** Of any time that an {@link Instant} can tell. */
  private static final Pattern MILLIS = Pattern.compile("\\d{1,15}");

  private Clock clock;

  @Inject
  TestParts() {
    this(Clock.systemUTC());
  }

  TestParts(Clock clock) {
    this.clock = clock;
  }

  @Override
  public Set<String> types() {
    return Set.of(TestResourceType.NAME);
  }

  @Override
  public Map<PartId, Sighting> observe(Target target, String type, Collection<DesiredPart> parts) {
    Map<PartId, Sighting> seen = new HashMap<>();
    for (DesiredPart part : parts) {
      seen.put(
          part.id(),
          part.physicalId().map(id -> sighting(id, part)).orElseGet(Sighting.Absent::new));
    }
    return seen;
  }

  private Sighting sighting(String id, DesiredPart part) {
    boolean ready = !clock.instant().isBefore(since(id).plus(pause(part)));
    Sighting.Phase phase =
        !ready
            ? Sighting.Phase.BUILDING
            : fails(part) ? Sighting.Phase.FAILED : Sighting.Phase.READY;
    return new Sighting.Present(
        id,
        phase,
        phase.name(),
        phase == Sighting.Phase.FAILED ? Optional.of(toldToFail(part)) : Optional.empty(),
        false,
        attributes(part),
        List.of());
  }

  @Override
  public Outcome create(Target target, DesiredPart part, Instant deadline) {
    Optional<String> made = part.physicalId();
    String id = made.orElseGet(() -> part.physicalName() + SINCE + clock.millis());
    boolean ready = made.isEmpty() && pause(part).isZero() && !fails(part);
    return new Outcome.Taken(id, ready, attributes(part));
  }

  /** What the stack before has recorded is what there is. */
  @Override
  public Outcome adopt(Target target, DesiredPart part, Optional<Mark> from, Instant deadline) {
    return fails(part)
        ? new Outcome.Refused(new FederationFault(FaultCode.CLOUD_REJECTED, toldToFail(part)))
        : new Outcome.Adopted(part.physicalId().orElseThrow(), Optional.empty(), attributes(part));
  }

  @Override
  public Outcome update(Target target, DesiredPart part, JsonObject before, Instant deadline) {
    return fails(part)
        ? new Outcome.Refused(new FederationFault(FaultCode.CLOUD_REJECTED, toldToFail(part)))
        : new Outcome.Taken(
            part.physicalId().orElseGet(part::physicalName), true, attributes(part));
  }

  @Override
  public Outcome delete(Target target, DesiredPart part, Instant deadline) {
    return new Outcome.Gone(true);
  }

  @Override
  public Outcome stop(Target target, DesiredPart part, Instant deadline) {
    return new Outcome.Gone(true);
  }

  /** Nothing can be there twice. */
  @Override
  public Outcome deleteDouble(
      Target target, DesiredPart part, String physicalId, Instant deadline) {
    return new Outcome.Gone(true);
  }

  /** One that Heat has made tells no time, and was made long ago. */
  private static Instant since(String id) {
    String millis = id.substring(id.lastIndexOf(SINCE) + 1);
    return MILLIS.matcher(millis).matches()
        ? Instant.ofEpochMilli(Long.parseLong(millis))
        : Instant.EPOCH;
  }

  private static Duration pause(DesiredPart part) {
    return Duration.ofSeconds(Long.parseLong(text(part, "wait_secs", "0")));
  }

  private static boolean fails(DesiredPart part) {
    return Boolean.parseBoolean(text(part, "fail", "false"));
  }

  private static Phrase toldToFail(DesiredPart part) {
    return Phrase.of("stack.test-fails", part.mark().resource());
  }

  private static JsonObject attributes(DesiredPart part) {
    return Json.createObjectBuilder().add("output", text(part, "value", DEFAULT_VALUE)).build();
  }

  /** What came from parameters may be a text where a number or truth value is meant. */
  private static String text(DesiredPart part, String property, String otherwise) {
    JsonValue value = part.properties().getOrDefault(property, JsonValue.NULL);
    return switch (value.getValueType()) {
      case NULL -> otherwise;
      case STRING -> ((JsonString) value).getString();
      default -> value.toString();
    };
  }
}
