package io.isthmus.domain.search;

import io.isthmus.domain.access.ProjectId;
import io.isthmus.domain.cloud.CloudId;
import io.isthmus.domain.mirror.MirrorKind;
import io.isthmus.domain.placement.PartId;
import io.isthmus.domain.stack.StackId;
import io.isthmus.domain.stack.StackStatus;
import java.time.Instant;
import java.util.Locale;
import java.util.Optional;

/** Something that was found. */
public sealed interface Hit {

  /** By what it was found. */
  Kind kind();

  /** The name, address or id that fits. */
  String match();

  /** Whose it is; empty for a cloud, which is the federation's. */
  Optional<ProjectId> project();

  /**
   * A stack, or a resource of it.
   *
   * @param in the stack's project
   * @param part empty for a stack
   * @param type of the resource, such as {@code OS::Nova::Server}; empty for a stack
   * @param status of the part, or of the stack
   */
  record OfStack(
      Kind kind,
      String match,
      ProjectId in,
      StackId stack,
      String stackName,
      Optional<PartId> part,
      Optional<String> type,
      StackStatus status)
      implements Hit {

    @Override
    public Optional<ProjectId> project() {
      return Optional.of(in);
    }
  }

  /**
   * A cloud, a saved template or policy, or a plan.
   *
   * @param id by which its own page knows it; of what is saved, its name
   * @param at when a plan was made; empty for the others
   */
  record Named(
      Kind kind, String match, Optional<ProjectId> project, String id, Optional<Instant> at)
      implements Hit {}

  /**
   * A resource in a cloud, whether a stack has made it or not.
   *
   * @param match its name, id or address, whichever fits
   * @param in the project whose access leads there
   * @param resource what it is
   * @param name empty text when it has none
   */
  record InCloud(
      Kind kind,
      String match,
      ProjectId in,
      CloudId cloud,
      String region,
      MirrorKind resource,
      String id,
      String name)
      implements Hit {

    @Override
    public Optional<ProjectId> project() {
      return Optional.of(in);
    }
  }

  /** By what things are found, in the order in which they are told. */
  enum Kind {
    /** A stack by its name. */
    STACK,
    /** A resource by its path in the template. */
    RESOURCE,
    /** A resource by an address. */
    ADDRESS,
    /** A stack or resource by its id. */
    ID,
    /** A plan that has not become a stack, by the name that the stack shall have. */
    PLAN,
    /** A saved template by its name. */
    TEMPLATE,
    /** A saved policy by its name. */
    POLICY,
    /** A resource in a cloud by its name, id or address. */
    IN_CLOUD,
    /** A member cloud by its id or name. */
    CLOUD;

    public String text() {
      return name().toLowerCase(Locale.ROOT);
    }
  }
}
