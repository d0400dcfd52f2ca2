package io.isthmus.domain.stack.engine;

import io.isthmus.domain.cloud.CloudId;
import io.isthmus.domain.fault.FaultCode;
import io.isthmus.domain.fault.FederationFault;
import io.isthmus.domain.language.Phrase;
import io.isthmus.domain.placement.PartId;
import io.isthmus.domain.stack.DesiredPart;
import io.isthmus.domain.stack.Mark;
import io.isthmus.domain.stack.Outcome;
import io.isthmus.domain.stack.ResourceDriver;
import io.isthmus.domain.stack.Sighting;
import io.isthmus.domain.stack.StackPart;
import io.isthmus.domain.stack.Target;
import jakarta.json.JsonObject;
import java.time.Instant;
import java.util.Collection;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import java.util.logging.Level;
import java.util.logging.Logger;

/**
 * Finds the driver of a type, and sees to it that none ever throws: a defect becomes an uncertain
 * outcome or an unknown sighting, with the words kept in the log.
 */
public final class Drivers {

  private static final Logger LOG = Logger.getLogger(Drivers.class.getName());

  private final Iterable<ResourceDriver> drivers;
  private Map<String, ResourceDriver> byType;

  /**
   * @param drivers asked for their types at the first call, because their module may start later
   */
  public Drivers(Iterable<ResourceDriver> drivers) {
    this.drivers = drivers;
  }

  private static Map<String, ResourceDriver> byType(Iterable<ResourceDriver> drivers) {
    Map<String, ResourceDriver> byType = new HashMap<>();
    for (ResourceDriver driver : drivers) {
      for (String type : driver.types()) {
        ResourceDriver other = byType.put(type, driver);
        if (other != null) {
          throw new IllegalStateException(
              "two drivers for " + type + ": " + other.getClass() + ", " + driver.getClass());
        }
      }
    }
    return byType;
  }

  Map<PartId, Sighting> observe(Target target, String type, Collection<DesiredPart> parts) {
    Map<PartId, Sighting> seen = new HashMap<>();
    try {
      seen.putAll(driver(type).observe(target, type, parts));
    } catch (RuntimeException e) {
      FederationFault fault = defect("observe", type, target.connection().cloud(), e);
      parts.forEach(part -> seen.put(part.id(), new Sighting.Unknown(fault)));
    }
    return seen;
  }

  Outcome create(Target target, DesiredPart part, Instant deadline) {
    return guarded("create", target, part, driver -> driver.create(target, part, deadline));
  }

  Outcome adopt(Target target, DesiredPart part, Optional<Mark> from, Instant deadline) {
    return guarded("adopt", target, part, driver -> driver.adopt(target, part, from, deadline));
  }

  Outcome update(Target target, DesiredPart part, JsonObject before, Instant deadline) {
    return guarded("update", target, part, driver -> driver.update(target, part, before, deadline));
  }

  Outcome delete(Target target, DesiredPart part, Instant deadline) {
    return guarded("delete", target, part, driver -> driver.delete(target, part, deadline));
  }

  Outcome stop(Target target, DesiredPart part, Instant deadline) {
    return guarded("stop", target, part, driver -> driver.stop(target, part, deadline));
  }

  Outcome suspend(Target target, DesiredPart part, Instant deadline) {
    return guarded("suspend", target, part, driver -> driver.suspend(target, part, deadline));
  }

  Outcome resume(Target target, DesiredPart part, Instant deadline) {
    return guarded("resume", target, part, driver -> driver.resume(target, part, deadline));
  }

  Outcome deleteDouble(Target target, DesiredPart part, String physicalId, Instant deadline) {
    return guarded(
        "deleteDouble",
        target,
        part,
        driver -> driver.deleteDouble(target, part, physicalId, deadline));
  }

  private Outcome guarded(
      String call, Target target, DesiredPart part, Function<ResourceDriver, Outcome> action) {
    try {
      return action.apply(driver(part.type()));
    } catch (RuntimeException e) {
      return new Outcome.Uncertain(defect(call, part.type(), target.connection().cloud(), e));
    }
  }

  private synchronized ResourceDriver driver(String type) {
    if (byType == null) {
      byType = byType(drivers);
    }
    ResourceDriver driver = byType.get(type);
    if (driver == null) {
      throw new IllegalStateException("no driver for " + type);
    }
    return driver;
  }

  /** What came of a call that ended by something unforeseen, which is kept in the log. */
  static Outcome uncertain(String call, StackPart part, RuntimeException e) {
    return new Outcome.Uncertain(defect(call, part.type(), part.id().cloud(), e));
  }

  private static FederationFault defect(
      String call, String type, CloudId cloud, RuntimeException e) {
    if (e instanceof FederationFault fault) {
      return fault;
    }
    LOG.log(Level.SEVERE, e, () -> call + " " + type + " in " + cloud);
    return new FederationFault(
        FaultCode.UNEXPECTED, Phrase.of("stack.driver-defect", call, type, cloud));
  }
}
