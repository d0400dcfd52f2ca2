package io.isthmus.domain.mirror;

import javax.sql.DataSource;

/** Makes what other packages' tests read the mirror by. */
public final class StackMirrors {

  private StackMirrors() {}

  public static StackMirror of(DataSource database) {
    return new StackMirror(database, new MirrorPages(database));
  }
}
