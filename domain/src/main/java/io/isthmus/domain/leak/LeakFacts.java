package io.isthmus.domain.leak;

import io.isthmus.domain.access.ProjectId;
import io.isthmus.domain.cloud.CloudId;
import io.isthmus.domain.stack.StackId;
import java.time.Instant;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/** What clouds are compared with, as it is known at the moment of each question. */
interface LeakFacts {

  /** A project that has parts somewhere. */
  record Presence(ProjectId project, CloudId cloud, String region) {}

  /** Which of these stacks are ours, deleted ones too. */
  Set<StackId> known(Collection<StackId> stacks);

  /** Which of these stacks were abandoned: what carries their mark is ours no more. */
  Set<StackId> abandoned(Collection<StackId> stacks);

  /** All generations of these stacks' parts, in all places. */
  List<KnownPart> parts(Collection<StackId> stacks);

  /** All generations of parts of these types, of all stacks and in all places. */
  List<KnownPart> partsOf(Collection<String> types);

  /** What of a project has to be in a region. */
  List<KnownPart> required(ProjectId project, CloudId cloud, String region);

  /** Where parts have to be. */
  Set<Presence> presences();

  /** What is known of copies of images with these marks. */
  List<KnownCopy> copies(Collection<String> marks);

  /**
   * Holds a stack, so that no engine acts on it meanwhile.
   *
   * @return the fence of the lease; empty while another holds it
   */
  Optional<Long> hold(StackId stack, String owner, Instant now, Instant until);

  /**
   * Holds it longer.
   *
   * @param until at least
   * @return false when it is not held any more
   */
  boolean keep(StackId stack, long fence, Instant now, Instant until);

  /** Lets go; when it is due stays as it was. */
  void letGo(StackId stack, long fence);
}
