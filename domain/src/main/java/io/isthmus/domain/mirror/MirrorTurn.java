package io.isthmus.domain.mirror;

import io.isthmus.domain.cloud.Account;
import java.util.List;

/**
 * The lists of one region that are due, taken over by this server for a while.
 *
 * @param slow whether its last reading took long
 */
record MirrorTurn(Account account, String region, boolean slow, List<MirrorTask> tasks) {

  MirrorTurn {
    tasks = List.copyOf(tasks);
  }
}
