package io.isthmus.domain.notice;

import java.time.Instant;
import java.util.List;

/**
 * Some notices in the order asked for.
 *
 * @param total how many there are that were asked for
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
