package io.isthmus.domain.notice;

import java.time.Instant;
import java.util.List;

/**
 * Some notices, newest first.
 *
 * @param total how many there are
 * @param seenUntil what is newer the reader has not seen
 */
public record NoticeSlice(List<Notice> notices, long total, Instant seenUntil) {

  public NoticeSlice {
    notices = List.copyOf(notices);
  }

  public boolean isNew(Notice notice) {
    return notice.at().isAfter(seenUntil);
  }
}
