package io.isthmus.openstack.mirror;

import io.isthmus.openstack.conversation.Call;
import io.isthmus.openstack.conversation.Recent;
import io.isthmus.openstack.http.CloudFault;
import io.isthmus.openstack.keystone.ServiceType;
import io.isthmus.openstack.resource.Bodies;
import jakarta.json.JsonObject;
import java.time.Duration;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.function.LongSupplier;

/**
 * What several lists of one Neutron have in common, kept for as long as it surely holds.
 * Thread-safe.
 */
final class NeutronFacts {
  /** Aliases of the extension by which Neutron keeps times; the second until Newton. */
  private static final String[] TIMES = {"standard-attr-timestamp", "timestamp_core"};

  /** Alias of the extension by which Neutron counts the changes to each thing. */
  private static final String REVISIONS = "standard-attr-revisions";

  /**
   * Alias of the extension by which Neutron tells that it refuses filters that it does not know.
   */
  private static final String VALIDATION = "filter-validation";

  /** Only an upgrade of the cloud changes it. */
  private static final Duration EXTENSION_AGE = Duration.ofHours(1);

  /** One call serves the lists that are read one after the other. */
  private static final Duration USE_AGE = Duration.ofSeconds(2);

  private final Recent recent;

  NeutronFacts(LongSupplier nanoTime) {
    recent = new Recent(nanoTime);
  }

  /** Whether it tells what changed since a time. */
  boolean tellsChanges(Reading reading) {
    return recent.of(
        reading.session(),
        "changes@" + reading.region(),
        EXTENSION_AGE,
        () -> canTellChanges(reading));
  }

  /** Whether it tells how often each thing was changed. */
  boolean countsChanges(Reading reading) {
    return recent.of(
        reading.session(),
        "revisions@" + reading.region(),
        EXTENSION_AGE,
        () -> told(reading, "/extensions/" + REVISIONS, "extension").isPresent());
  }

  /**
   * A Neutron that validates filters, as it does by default since Rocky, refuses {@code
   * changed_since}, which its times' extension never declared.
   */
  private static boolean canTellChanges(Reading reading) {
    if (told(reading, "/extensions/" + VALIDATION, "extension").isPresent()) {
      return false;
    }
    for (String alias : TIMES) {
      if (told(reading, "/extensions/" + alias, "extension").isPresent()) {
        return true;
      }
    }
    return false;
  }

  /**
   * How many the project has of something.
   *
   * @param quota its name among the quotas
   * @return empty when the cloud does not tell
   */
  OptionalLong used(Reading reading, String quota) {
    JsonObject details =
        recent.of(
            reading.session(),
            "quota@" + reading.region(),
            USE_AGE,
            () ->
                told(reading, "/quotas/" + reading.project() + "/details.json", "quota")
                    .orElse(JsonObject.EMPTY_JSON_OBJECT));
    return details.get(quota) instanceof JsonObject one && Bodies.number(one, "used", -1) >= 0
        ? OptionalLong.of(Bodies.number(one, "used", -1))
        : OptionalLong.empty();
  }

  /** Empty also when the cloud refuses, as some do to all but administrators. */
  private static Optional<JsonObject> told(Reading reading, String path, String key) {
    try {
      return reading
          .session()
          .find(Call.get(ServiceType.NETWORK, reading.region(), path), key, reading.deadline());
    } catch (CloudFault refused) {
      if (refused.isRefusal()) {
        return Optional.empty();
      }
      throw refused;
    }
  }
}
