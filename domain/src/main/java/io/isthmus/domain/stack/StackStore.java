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

  /** The stack that a plan became; deleted ones too. */
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
   * Sets the wish that a creation that failed is taken up where it stood, and makes its work due at
   * once. Does nothing to a stack that is being created.
   *
   * @throws io.isthmus.domain.fault.FederationFault STALE_VERSION when the version is another;
   *     CONFLICT when it is in another action, or complete
   */
  void requestRetry(StackId stack, OptionalLong version, Phrase happened, Instant now);

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
   * Gives a stack back. If it was wanted meanwhile it is due at once. Does nothing when the lease
   * is lost.
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
