package io.isthmus.domain.stack;

import io.isthmus.domain.fault.FederationFault;
import io.isthmus.domain.language.Phrase;
import jakarta.json.JsonObject;
import java.util.List;
import java.util.Optional;

/**
 * What a look at a cloud showed of one part. Unreachable, absent and unhealthy are three answers.
 */
public sealed interface Sighting {

  /**
   * It is there.
   *
   * @param physicalId the cloud's id, or the name where the name identifies (key pairs)
   * @param phase where it stands in its life
   * @param cloudStatus the cloud's own word, such as {@code ACTIVE}
   * @param trouble why it is FAILED, in the cloud's words
   * @param full whether it is FAILED because the place has no room for it
   * @param attributes Heat's attributes of the type
   * @param doubles ids of others that carry the same mark, newer first; never the recorded one
   */
  record Present(
      String physicalId,
      Phase phase,
      String cloudStatus,
      Optional<Phrase> trouble,
      boolean full,
      JsonObject attributes,
      List<String> doubles)
      implements Sighting {

    public Present {
      doubles = List.copyOf(doubles);
    }
  }

  /** The cloud answered, and it is not there. */
  record Absent() implements Sighting {}

  /** The cloud did not answer; nothing is known. */
  record Unknown(FederationFault fault) implements Sighting {}

  /** Where a present resource stands. */
  enum Phase {
    BUILDING,
    READY,
    /**
     * It runs, and something that it was asked to become waits for a word, as a resized server
     * does; {@link ResourceDriver#update} gives it. Asked for by us: what others have begun is
     * theirs to end, and READY.
     */
    TO_CONFIRM,
    FAILED,
    DELETING
  }
}
