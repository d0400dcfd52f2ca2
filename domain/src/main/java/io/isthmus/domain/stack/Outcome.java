package io.isthmus.domain.stack;

import io.isthmus.domain.fault.FederationFault;
import jakarta.json.JsonObject;
import java.util.Optional;

/** What came of asking a cloud for a change. */
public sealed interface Outcome {

  /**
   * The cloud took it.
   *
   * @param physicalId the cloud's id
   * @param ready whether it is ready for use already; else the next observations tell
   * @param attributes Heat's attributes as far as known
   */
  record Taken(String physicalId, boolean ready, JsonObject attributes) implements Outcome {}

  /**
   * It is taken over.
   *
   * @param physicalId the cloud's id
   * @param name that it has in its cloud; empty where such things have none
   * @param attributes Heat's attributes as far as known
   */
  record Adopted(String physicalId, Optional<String> name, JsonObject attributes)
      implements Outcome {}

  /** It is gone, or on its way out so that nothing more has to be asked. */
  record Gone(boolean finished) implements Outcome {}

  /**
   * The cloud refused, and nothing was made.
   *
   * @param fault CLOUD_FULL or QUOTA_EXCEEDED: another place may do; CLOUD_REJECTED: unchanged it
   *     is refused again; CONFLICT: something else must go first, try later
   */
  record Refused(FederationFault fault) implements Outcome {}

  /**
   * No answer, or none that can be believed: it may or may not have happened. Look, then try again.
   */
  record Uncertain(FederationFault fault) implements Outcome {}
}
