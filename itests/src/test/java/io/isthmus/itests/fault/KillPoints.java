package io.isthmus.itests.fault;

import io.isthmus.itests.RunningSystem;
import io.isthmus.itests.SimulatedClouds;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.time.Instant;
import java.util.EnumMap;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;

/** Waits for a moment at which a server is to die. */
final class KillPoints {

  /** Between what is written and what is done. */
  enum Point {
    /** After some more calls to clouds, however far the work behind them is. */
    ANYWHERE,
    /** It is written that something is to be made, and the cloud has not come to it. */
    INTENT_WRITTEN,
    /** A cloud has made something, and nobody can have written it. */
    EFFECT_NOT_WRITTEN,
    /** It was just written that something is made. */
    EFFECT_WRITTEN
  }

  /** Within which something happens when there is anything to do. */
  private static final Duration LONGEST_WAIT = Duration.ofSeconds(6);

  private static final long PAUSE = TimeUnit.MILLISECONDS.toNanos(15);

  private final RunningSystem system;
  private final SimulatedClouds clouds;
  private final Map<Point, Integer> met = new EnumMap<>(Point.class);

  KillPoints(RunningSystem system, SimulatedClouds clouds) {
    this.system = system;
    this.clouds = clouds;
  }

  /** What is done at a point. */
  interface Kill {
    void now() throws Exception;
  }

  /**
   * Kills at the point, or some time later when it does not come.
   *
   * @param calls of how many calls to let pass before {@link Point#ANYWHERE}
   */
  void killAt(Point point, int calls, Kill kill) throws Exception {
    boolean isMet =
        switch (point) {
          case ANYWHERE -> killBehind(clouds::calls, calls, kill);
          case INTENT_WRITTEN -> killBehindEvent("%\\_IN\\_PROGRESS", kill);
          case EFFECT_WRITTEN -> killBehindEvent("%\\_COMPLETE", kill);
          case EFFECT_NOT_WRITTEN -> killBehindEffect(kill);
        };
    if (isMet) {
      met.merge(point, 1, Integer::sum);
    }
  }

  /** How often each point was met. */
  Map<Point, Integer> met() {
    return new EnumMap<>(met);
  }

  private boolean killBehindEvent(String status, Kill kill) throws Exception {
    try (Connection connection = system.database()) {
      return killBehind(() -> events(connection, status), 1, kill);
    }
  }

  private static long events(Connection connection, String status) throws SQLException {
    try (Statement statement = connection.createStatement();
        ResultSet rows =
            statement.executeQuery(
                "select count(*) from stack_event where resource is not null and status like '"
                    + status
                    + "'")) {
      rows.next();
      return rows.getLong(1);
    }
  }

  /** While it waits nobody can write what has happened to a stack. */
  private boolean killBehindEffect(Kill kill) throws Exception {
    try (Connection connection = system.database();
        Statement statement = connection.createStatement()) {
      connection.setAutoCommit(false);
      statement.execute("lock table stack_event in share mode");
      boolean isMet = killBehind(clouds::effects, 1, kill);
      connection.rollback();
      return isMet;
    }
  }

  private static boolean killBehind(Callable<Long> count, int more, Kill kill) throws Exception {
    long wanted = count.call() + more;
    Instant end = Instant.now().plus(LONGEST_WAIT);
    boolean isMet = count.call() >= wanted;
    while (!isMet && Instant.now().isBefore(end)) {
      LockSupport.parkNanos(PAUSE);
      isMet = count.call() >= wanted;
    }
    kill.now();
    return isMet;
  }
}
