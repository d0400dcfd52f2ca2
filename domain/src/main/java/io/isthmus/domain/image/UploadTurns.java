package io.isthmus.domain.image;

import io.isthmus.domain.access.Caller;
import io.isthmus.domain.fault.FaultCode;
import io.isthmus.domain.fault.FederationFault;
import io.isthmus.domain.json.Json;
import io.isthmus.domain.language.Phrase;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * Who sends content to this server now. Each holds one of the threads that answer requests for as
 * long as the piece comes, so that some are left for all else.
 */
final class UploadTurns {

  /** Most pieces at once. */
  static final int MOST = 4;

  /** Most of one person's. */
  static final int MOST_OF_ONE = 2;

  private static final int RETRY_AFTER_SECONDS = 5;

  private final Map<String, Integer> turns = new HashMap<>();

  /**
   * To be ended.
   *
   * @throws FederationFault TOO_MANY
   */
  synchronized void begin(Caller caller) {
    if (turns.getOrDefault(caller.subject(), 0) >= MOST_OF_ONE) {
      throw full(Phrase.of("image.uploads-of-one", MOST_OF_ONE));
    }
    if (turns.values().stream().mapToInt(Integer::intValue).sum() >= MOST) {
      throw full(Phrase.of("image.uploads-of-all", MOST));
    }
    turns.merge(caller.subject(), 1, Integer::sum);
  }

  synchronized void end(Caller caller) {
    turns.computeIfPresent(caller.subject(), (who, count) -> count == 1 ? null : count - 1);
  }

  private static FederationFault full(Phrase why) {
    return new FederationFault(
        FaultCode.TOO_MANY,
        why,
        List.of(),
        Json.createObjectBuilder().add(FederationFault.RETRY_AFTER, RETRY_AFTER_SECONDS).build(),
        null);
  }
}
