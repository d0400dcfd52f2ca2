package io.isthmus.domain.stack;

import io.isthmus.domain.audit.AuditRecord;
import io.isthmus.domain.audit.Face;
import io.isthmus.domain.fault.FederationFault;
import io.isthmus.domain.language.Phrase;
import io.isthmus.domain.network.Segment;
import io.isthmus.domain.placement.PartId;
import io.isthmus.domain.placement.Refusal;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.UUID;

/**
 * What the engine writes in one transaction.
 *
 * @param header of the stack itself; not written when a person has meanwhile asked for another
 *     action
 * @param parts new or changed, by their key
 * @param happenings become events, in this order
 * @param refusals of places that were tried
 * @param segments addresses that the stack takes beside those it has
 * @param acts what was asked of clouds, and what came of it; for the audit log
 * @param reform of the stack's way; written with the header, and not without it
 */
public record StackChange(
    Optional<Header> header,
    List<StackPart> parts,
    List<Happening> happenings,
    List<Refusal> refusals,
    List<Segment> segments,
    List<Act> acts,
    Optional<Reform> reform) {

  /**
   * Another way that the stack takes.
   *
   * @param sources what it is made of from then on; empty when that stays
   */
  public record Reform(StackCourse course, Optional<StackRevision> sources) {}

  /**
   * Something that was asked of a cloud, or what came of it.
   *
   * @param type such as {@code OS::Nova::Server}
   * @param action of CADF's taxonomy
   * @param fault why it did not come about
   */
  public record Act(
      PartId part,
      String type,
      String action,
      AuditRecord.Outcome outcome,
      Optional<FederationFault> fault) {

    /** As it is recorded in the audit log, with the request that asked for the stack's action. */
    public AuditRecord record(Stack stack, Instant now) {
      return new AuditRecord(
          UUID.randomUUID(),
          now,
          Face.ENGINE,
          Optional.empty(),
          Optional.of(stack.project()),
          action,
          new AuditRecord.Target(type, stack.id() + "/" + part.resource()),
          Optional.of(new AuditRecord.Where(part.cloud().text(), Optional.of(part.region()))),
          outcome,
          fault.map(AuditRecord.Reason::of),
          stack.request());
    }
  }

  /**
   * Status, reason and health of a stack.
   *
   * @param actionSince when the action that they are of was asked for
   */
  public record Header(Instant actionSince, StackStatus status, Phrase reason, StackHealth health) {

    /** Whether the stack is still in the action that this is of, or that this ends. */
    public boolean isOf(Stack stack) {
      boolean goesOn =
          status.action() == stack.status().action()
              || status.equals(StackStatus.ROLLING_BACK)
                  && stack.status().equals(StackStatus.UPDATING);
      return goesOn && actionSince.equals(stack.actionSince());
    }
  }

  /**
   * An event before it has a number.
   *
   * @param cloudRequest the cloud's own id of the answer that it tells of
   */
  public record Happening(
      Optional<PartId> part,
      StackStatus status,
      Optional<String> physicalId,
      Phrase phrase,
      Optional<String> cloudRequest) {

    /** Something that happened to a part, which is as given from then on. */
    public static Happening of(StackPart part, Phrase phrase) {
      return of(part, phrase, Optional.empty());
    }

    /** Something that a cloud's answer did to a part. */
    public static Happening of(StackPart part, Phrase phrase, Optional<String> cloudRequest) {
      return new Happening(
          Optional.of(part.id()), part.status(), part.state().physicalId(), phrase, cloudRequest);
    }

    /** Something that happened to the stack. */
    public static Happening of(StackStatus status, Phrase phrase) {
      return new Happening(Optional.empty(), status, Optional.empty(), phrase, Optional.empty());
    }
  }

  public StackChange {
    parts = List.copyOf(parts);
    happenings = List.copyOf(happenings);
    refusals = List.copyOf(refusals);
    segments = List.copyOf(segments);
    acts = List.copyOf(acts);
  }

  /** A change in which nothing moves. */
  public StackChange(Optional<Header> header, List<StackPart> parts, List<Happening> happenings) {
    this(header, parts, happenings, List.of(), List.of(), List.of(), Optional.empty());
  }
}
