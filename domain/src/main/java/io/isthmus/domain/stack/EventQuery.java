package io.isthmus.domain.stack;

import io.isthmus.domain.cloud.CloudId;
import io.isthmus.domain.language.PhraseSearch;
import java.util.Optional;
import java.util.OptionalLong;

/**
 * Which of a stack's events to list, and in which order.
 *
 * @param words looked for in what is told, and in the resource, its place and its ids
 * @param cloud in which the resource is that they concern
 * @param last sequence of the newest to list; later ones are left out, so that pages stay as they
 *     are while events go on
 */
public record EventQuery(
    PhraseSearch words,
    Optional<Kind> kind,
    Optional<CloudId> cloud,
    OptionalLong last,
    boolean oldestFirst) {

  /** All of them, the newest first. */
  public static final EventQuery ALL =
      new EventQuery(
          PhraseSearch.ALL, Optional.empty(), Optional.empty(), OptionalLong.empty(), false);

  /** What events are about. */
  public enum Kind {
    /** Something has failed. */
    FAILURE,
    /** Of one of the resources. */
    RESOURCE,
    /** Of the stack as a whole. */
    STACK
  }
}
