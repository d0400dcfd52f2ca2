package io.isthmus.domain.leak;

import io.isthmus.domain.access.ProjectId;
import io.isthmus.domain.cloud.CloudId;
import io.isthmus.domain.language.Phrase;
import io.isthmus.domain.stack.StackId;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.Optional;

/**
 * Something that is in a cloud and not known, or known and not in its cloud.
 *
 * @param id the same for the same thing in each check
 * @param project through whose access it was seen, or whose part is missing
 * @param physicalId the cloud's, or the name where the name identifies
 * @param name as the cloud shows it; empty when it shows none, or nothing is there
 * @param mark text of the mark that it carried when it was seen; empty for what is missing
 * @param stack that its mark or its part names
 * @param stackName empty for a stack that is not known
 * @param resource path in the template's graph; empty when not known
 * @param reason why it was found
 * @param repair what was done about it
 * @param trouble why nothing was done, or not yet
 */
public record Finding(
    String id,
    Kind kind,
    CloudId cloud,
    String region,
    ProjectId project,
    String type,
    String physicalId,
    String name,
    Optional<String> mark,
    Optional<StackId> stack,
    Optional<String> stackName,
    Optional<String> resource,
    Phrase reason,
    Repair repair,
    Optional<Phrase> trouble) {

  /** What is wrong with it. */
  public enum Kind {
    /** It carries our mark, and no part knows it. */
    LEAKED,
    /** A part that is complete is not in its cloud, although that answers. */
    MISSING,
    /** It carries a mark of a stack that was never here; it may be another installation's. */
    UNKNOWN
  }

  /** What was done about it. */
  public enum Repair {
    NONE,
    /** A person has chosen it, and its turn has not come. */
    CHOSEN,
    /** Its cloud has deleted it, or has taken the request to. */
    REMOVED,
    /** It was gone already, is known meanwhile, or is not ours any more; nothing was done. */
    NOT_NEEDED,
    FAILED
  }

  static String idOf(
      Kind kind, CloudId cloud, String region, String type, String physicalId, String further) {
    try {
      byte[] digest =
          MessageDigest.getInstance("SHA-256")
              .digest(
                  String.join("|", kind.name(), cloud.text(), region, type, physicalId, further)
                      .getBytes(StandardCharsets.UTF_8));
      return HexFormat.of().formatHex(digest, 0, 8);
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException(e);
    }
  }

  Finding with(Repair newRepair, Optional<Phrase> newTrouble) {
    return new Finding(
        id,
        kind,
        cloud,
        region,
        project,
        type,
        physicalId,
        name,
        mark,
        stack,
        stackName,
        resource,
        reason,
        newRepair,
        newTrouble);
  }

  /** Whether it is data that nobody can make again. */
  public boolean isVolume() {
    return type.equals("OS::Cinder::Volume");
  }
}
