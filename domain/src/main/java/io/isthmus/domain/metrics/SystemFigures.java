package io.isthmus.domain.metrics;

import java.time.Duration;
import java.util.Map;

/** Port: what the database tells of all servers together. */
public interface SystemFigures {

  /**
   * @param stacks how many there are, by status
   * @param due stacks whose work is due and that nobody works on
   * @param lag for how long the oldest of them is due; nothing when there is none
   * @param leased stacks that a server works on
   * @param connections connections of Isthmus to its database, by PostgreSQL's word for their state
   * @param connectionLimit how many the database takes in all
   */
  record Figures(
      Map<String, Integer> stacks,
      int due,
      Duration lag,
      int leased,
      Map<String, Integer> connections,
      int connectionLimit) {}

  /** Reads them; gives up after three seconds. */
  Figures read();
}
