package io.isthmus.domain.notice;

import io.isthmus.domain.access.ProjectId;
import io.isthmus.domain.cloud.CloudId;
import io.isthmus.domain.language.Phrase;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/** Port: where notices are read, and how far each reader has seen them. */
public interface NoticeStore {

  /**
   * Some notices.
   *
   * @param seenUntil what is newer is new
   * @param skip how many to leave out, at least 0
   * @param limit most of them, at least 1
   */
  List<Notice> list(Audience audience, NoticeQuery query, Instant seenUntil, long skip, int limit);

  /** How many there are that are asked for. */
  long count(Audience audience, NoticeQuery query, Instant seenUntil);

  /** When the newest was; empty when there is none. */
  Optional<Instant> newest(Audience audience);

  /** How many a reader has not seen; counts no further than 100. */
  int unseen(Audience audience, String reader);

  /** Up to when a reader has seen them; the beginning of time when never. */
  Instant seenUntil(Audience audience, String reader);

  /** Moves on what a reader has seen; never back. */
  void seen(Audience audience, String reader, Instant until);

  /** Keeps what happened to a project's access to a cloud, and drops what is older than 30 days. */
  void add(ProjectId project, CloudId cloud, Notice.Kind kind, Phrase phrase, Instant at);

  /**
   * Keeps what is neither a stack's nor a cloud's, and drops what is older than 30 days.
   *
   * @param audience who is told; a project is the notice's own
   * @throws IllegalArgumentException for a subject that is a stack or a cloud
   */
  void tell(Audience audience, Notice notice);
}
