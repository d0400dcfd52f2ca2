package io.isthmus.domain.notice;

import io.isthmus.domain.language.PhraseSearch;
import java.util.Optional;

/**
 * Which notices to list, and in which order.
 *
 * @param words looked for in what is told, and in the name of what it is about
 * @param onlyNew only what the reader has not seen
 */
public record NoticeQuery(
    PhraseSearch words, Optional<Notice.Kind> kind, boolean onlyNew, boolean oldestFirst) {

  /** All of them, the newest first. */
  public static final NoticeQuery ALL =
      new NoticeQuery(PhraseSearch.ALL, Optional.empty(), false, false);
}
