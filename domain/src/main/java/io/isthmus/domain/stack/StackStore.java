package io.isthmus.domain.stack;

import io.isthmus.domain.access.ProjectId;
import io.isthmus.domain.cloud.CloudId;
import io.isthmus.domain.cloud.Measure;
import io.isthmus.domain.cloud.Place;
import io.isthmus.domain.image.ImageUses;
import io.isthmus.domain.keypair.KeyPairUses;
import io.isthmus.domain.language.Phrase;
import io.isthmus.domain.placement.PartId;
import io.isthmus.domain.placement.PlanId;
import io.isthmus.domain.placement.Refusal;
import io.isthmus.domain.quota.Consumption;
import io.isthmus.domain.usage.Commitments;
import jakarta.json.JsonObject;
import java.time.Duration;
import java.time.Instant;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Set;

/**
 * Port: keeps stacks, parts, events and the queue of work. Each method is one transaction, or part
 * of the caller's. Times come from the caller, so that a simulation owns them.
 */
public interface StackStore {

  /**
   * Adds a stack with its parts, its first event and its first work, due at once.
   *
   * @throws io.isthmus.domain.fault.FederationFault NAME_TAKEN when the project has a stack of that
   *     name that is not deleted; CONFLICT when the project has no access any more to a cloud that
   *     has to have a part
   */
  void add(Stack stack, List<StackPart> parts, Phrase happened);

  Optional<Stack> find(StackId id);

  /** The stack that a plan became, be it by an update that it was planned for; deleted ones too. */
  Optional<StackId> ofPlan(PlanId plan);

  /** Parts of many stacks, counted. */
  Map<StackId, Tally> tallies(Collection<StackId> stacks);

  /** What all stacks of a project have, counted by region and type, in that order. */
  List<PartCount> counts(ProjectId project);

  /**
   * What the projects' stacks count against quotas, of those wished for resources that are not
   * complete, or have become so since.
   */
  List<Claim> claims(Collection<ProjectId> projects, Instant since);

  /** The same of all projects in one cloud. */
  List<Claim> claims(CloudId cloud, Instant since);

  /** What a tenant's resources count against quotas, by project and region. */
  List<Consumption.Consumed> consumed(String tenant);

  /** The project's key pairs with which its stacks were made, of stacks that are not deleted. */
  List<KeyPairUses.Use> keyPairUses(ProjectId project);

  /** That stacks of a project, which are not deleted, were planned with images of it. */
  List<ImageUses.Use> imageUses(ProjectId project);

  /** What a project's stacks will pay for, of resources that are being made, by cloud. */
  Map<CloudId, List<Measure>> awaited(ProjectId project);

  /** What of a project's stacks is to be paid for otherwise once it is changed in place. */
  List<Commitments.Growth> growing(ProjectId project);

  /**
   * Others who ask for one of these wait until the transaction ends. Whoever asks for several at
   * once waits for them in an order that is the same for all, so that no two wait for each other.
   */
  void takeTurns(Set<String> names);

  /**
   * The stacks with parts in a cloud that are not gone from it, by project and name.
   *
   * @param project only its own; empty for all
   */
  List<StackPresence> presences(CloudId cloud, Optional<ProjectId> project);

  /** All generations, in no order. */
  List<StackPart> parts(StackId stack);

  /** All generations of one part, in no order. */
  List<StackPart> parts(StackId stack, PartId part);

  /** How far stacks are from what was given to their clouds. */
  Map<StackId, StackDrift> drifts(Collection<StackId> stacks);

  /** What the stack wants done about what is changed in its clouds behind our back. */
  DriftChoice onDrift(StackId stack);

  /**
   * What of the stack was changed in its clouds behind our back and shall be put right; empty
   * unless the stack wants that.
   */
  Map<PartKey, List<Deviation>> toPutRight(StackId stack);

  /** The stack's work is due at once: something was found out that it is to go by. */
  void wake(StackId stack, Instant now);

  /** Clouds in which a rule or a person has what was replaced of the stack removed. */
  Set<CloudId> replacedToRemove(StackId stack);

  /** Why servers of the stack do not do what they are there for, as its probes tell. */
  Map<PartKey, Phrase> failingProbes(StackId stack);

  /**
   * Another choice, from when on the engine goes by it.
   *
   * @throws io.isthmus.domain.fault.FederationFault NOT_FOUND, STALE_VERSION
   */
  void chooseOnDrift(
      StackId stack, OptionalLong version, DriftChoice choice, Phrase happened, Instant now);

  /**
   * Adds to a stack's story what the engine has no part in; who follows the stack is told, also
   * when nothing is to be added.
   */
  void tell(StackId stack, List<StackChange.Happening> happenings, Instant now);

  /** Places that refused parts of the stack, oldest first. */
  List<Refusal> refusals(StackId stack);

  /** In order of sequence, from the one after the given. */
  List<StackEvent> events(StackId stack, long after, int limit);

  /** Of all stacks of a project, in order of position, from the one after the given. */
  List<ProjectEvent> projectEvents(ProjectId project, long after, int limit);

  /** Position of the project's newest event; 0 when there was none. */
  long newestEvent(ProjectId project);

  /**
   * Sets the wish that the stack shall not exist, and makes its work due at once. Does nothing to a
   * stack that is being deleted or is deleted; one whose deletion failed is begun anew.
   *
   * @throws io.isthmus.domain.fault.FederationFault STALE_VERSION when the version is another
   */
  void requestDeletion(StackId stack, OptionalLong version, Phrase happened, Instant now);

  /**
   * Sets the wish that what failed, other than a deletion, is taken up where it stood, and makes
   * its work due at once. Does nothing to a stack of which something is being made.
   *
   * @throws io.isthmus.domain.fault.FederationFault STALE_VERSION when the version is another;
   *     CONFLICT when it is in another action, or complete
   */
  void requestRetry(StackId stack, OptionalLong version, Phrase happened, Instant now);

  /**
   * Sets the wish that a stack be checked, put to sleep or woken, and makes its work due at once.
   * Does nothing when that is under way or done already; a check is done anew.
   *
   * @param action CHECK, SUSPEND or RESUME
   * @throws io.isthmus.domain.fault.FederationFault STALE_VERSION when the version is another;
   *     CONFLICT when the stack's status does not allow it
   */
  void requestAction(
      StackId stack, OptionalLong version, StackAction action, Phrase happened, Instant now);

  /**
   * Sets the wish that an update end, and makes the stack's work due at once. Does nothing when it
   * has ended so already.
   *
   * @param back whether the stack shall go back to what it was before
   * @throws io.isthmus.domain.fault.FederationFault STALE_VERSION when the version is another;
   *     CONFLICT when no update is under way, or there is nothing to go back to any more
   */
  void requestCancel(
      StackId stack, OptionalLong version, boolean back, Phrase happened, Instant now);

  /** The stack, which nobody else changes until the caller's transaction ends. */
  Optional<Stack> lock(StackId stack);

  /**
   * Makes a stack another one, and its work due at once. Whoever holds it loses it, since what it
   * knows of the parts does not hold any more: it writes nothing more, and the next gets the stack
   * when it has said by {@link #release} that none of its calls is under way, or its lease would
   * have run out. The stack is locked.
   *
   * @param updated the stack as it shall be
   * @param before what it was, kept as long as an update can go back to it
   * @param parts new or changed, by their key
   * @throws io.isthmus.domain.fault.FederationFault CONFLICT when the project has no access any
   *     more to a cloud that has to have a part
   */
  void applyUpdate(
      Stack updated, StackRevision before, List<StackPart> parts, Phrase happened, Instant now);

  /**
   * Forgets a stack: whoever holds it loses it, and what it has stays in its clouds. The stack is
   * locked.
   *
   * @param abandoned the stack as it is from then on
   * @param parts all of them, left behind
   * @param document what was known of it; kept for who asks again
   */
  void abandon(
      Stack abandoned, List<StackPart> parts, JsonObject document, Phrase happened, Instant now);

  /** What was known of a stack when it was abandoned; empty when it was not. */
  Optional<JsonObject> abandonment(StackId stack);

  /** What the stack was wished to be, as long as an update can go back to it. */
  Optional<StackRevision> revision(StackId stack, int number);

  /**
   * What the stack was wished to be before, as far as it is kept: what an update can go back to,
   * and what the stack was last, of which clouds may still show something.
   *
   * @return oldest first
   */
  List<StackRevision> earlier(StackId stack);

  /**
   * Takes one stack whose work is due and which nobody holds; the one due first.
   *
   * @param owner names the engine that asks
   */
  Optional<Lease> lease(String owner, Instant now, Duration length);

  /** Work that is due and that nobody holds; gives up after three seconds. */
  Backlog backlog(Instant now);

  /**
   * Holds a stack for longer.
   *
   * @throws LeaseLost when another has it
   */
  Lease renew(Lease lease, Instant until);

  /**
   * Gives a stack back. If it was wanted meanwhile it is due at once. When the lease was taken away
   * because the stack became another one, whoever waits for it gets it. Does nothing when another
   * has it.
   *
   * @param due when to look at it again; empty for never
   */
  void release(Lease lease, Optional<Instant> due);

  /**
   * Writes what the engine intends, learned or decided.
   *
   * @return the stack after it, with the action that a person may meanwhile have asked for
   * @throws LeaseLost when another has it; then nothing is written
   * @throws io.isthmus.domain.fault.FederationFault CONFLICT when others have taken the addresses
   *     meanwhile, or an access has been taken away; then nothing is written
   */
  Stack write(Lease lease, StackChange change, Instant now);

  /**
   * @param stacks how many wait
   * @param oldestDue since when the first of them waits; empty when none does
   */
  record Backlog(int stacks, Optional<Instant> oldestDue) {}

  /**
   * @param complete those that shall be there and are complete
   * @param gone those that shall not be there any more and are not
   */
  record Tally(int present, int complete, int absent, int gone, List<Place> regions) {

    public static final Tally NONE = new Tally(0, 0, 0, 0, List.of());

    public Tally {
      regions = List.copyOf(regions);
    }

    /** How many parts a stack shall have, or had when it is leaving. */
    public int wanted(boolean leaving) {
      return leaving ? present + absent : present;
    }

    /** How many of them have come as far as the stack wants. */
    public int done(boolean leaving) {
      return leaving ? gone : complete;
    }
  }
}
