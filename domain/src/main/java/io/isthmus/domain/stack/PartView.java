package io.isthmus.domain.stack;

import io.isthmus.domain.fault.FaultCode;
import io.isthmus.domain.placement.PartId;
import io.isthmus.domain.placement.Refusal;
import io.isthmus.domain.template.DeletionPolicy;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * One physical resource of a stack as it is shown among others; all that is known of it is a {@link
 * PartDetail}.
 *
 * @param generation counts replacements, from 1
 * @param physicalName name in the cloud unless the template gives one
 * @param cloudStatus the cloud's own word at the last look, such as {@code ACTIVE}
 * @param addresses by which it is reached, as its attributes tell
 * @param trouble what last went wrong
 * @param refused places that refused the resource, oldest first
 * @param requires the parts that must be complete before
 * @param attempts calls made for the current action
 * @param nextTry when it is tried again, after trouble
 * @param deletionPolicy what becomes of it when the stack is deleted
 * @param updatedAt when something was last done about it, or seen to have changed
 */
public record PartView(
    PartId id,
    String type,
    int generation,
    Optional<String> availabilityZone,
    StackStatus status,
    StackHealth health,
    String physicalName,
    Optional<String> physicalId,
    Optional<String> cloudStatus,
    List<String> addresses,
    Optional<Trouble> trouble,
    List<Refusal> refused,
    Set<PartId> requires,
    int attempts,
    Optional<Instant> nextTry,
    DeletionPolicy deletionPolicy,
    Instant updatedAt) {

  /** After which a cloud certainly has made nothing. */
  private static final Set<FaultCode> REFUSALS =
      Set.of(
          FaultCode.CLOUD_REJECTED,
          FaultCode.CLOUD_CREDENTIAL_REJECTED,
          FaultCode.CLOUD_FULL,
          FaultCode.QUOTA_EXCEEDED,
          FaultCode.NO_CANDIDATE);

  public PartView {
    addresses = List.copyOf(addresses);
    refused = List.copyOf(refused);
    requires = Set.copyOf(requires);
  }

  /**
   * Whether a cloud has it, or may have it without having told its id: not before it was asked for,
   * not once it is gone, and not where a cloud has refused to make it.
   */
  public boolean mayExist() {
    boolean refused =
        status.equals(StackStatus.CREATE_FAILED)
            && physicalId.isEmpty()
            && trouble.filter(last -> REFUSALS.contains(last.code())).isPresent();
    return !refused && !status.equals(StackStatus.INIT) && !status.equals(StackStatus.DELETED);
  }
}
