package io.isthmus.domain.stack.engine;

import io.isthmus.domain.stack.Lease;
import java.time.Duration;

/**
 * The engine's numbers.
 *
 * @param callsPerCloud most changes asked of one cloud at the same time, by this server
 * @param callDeadline after it a change's outcome is uncertain; at most {@link Lease#LONGEST_CALL}
 * @param createTimeout a creation that takes longer has failed
 * @param deleteTimeout a deletion that takes longer has failed
 * @param keepInterval between looks at a stack in which nothing is to do; the longest pause between
 *     looks at what is on its way
 * @param firstLook from asking for something to the first look at it; the shortest pause between
 *     looks
 * @param confirmMissing how long a cloud must say that something is not there before it is believed
 * @param lateEffects how long after a deletion a cloud may still do what it was asked before; until
 *     then it is looked at
 * @param askAgain after how long a deletion that was taken and did nothing is asked again
 * @param longestBackoff between tries
 * @param repairPause between tries to make again what had vanished, after a refusal
 * @param replacements how often in a row a part that came up broken is replaced
 * @param unexplainedTries how often something that only looks like our own fault is tried
 * @param erringTries after so many tries of a creation, when the cloud answered the last with an
 *     error of its own, another place is looked for
 * @param lease how long a stack is held without a sign of life
 * @param stay a stack on which nothing is to do for longer is given back until then
 */
public record EngineLimits(
    int callsPerCloud,
    Duration callDeadline,
    Duration createTimeout,
    Duration deleteTimeout,
    Duration keepInterval,
    Duration firstLook,
    Duration confirmMissing,
    Duration lateEffects,
    Duration askAgain,
    Duration longestBackoff,
    Duration repairPause,
    int replacements,
    int unexplainedTries,
    int erringTries,
    Duration lease,
    Duration stay) {

  public static final EngineLimits DEFAULT =
      new EngineLimits(
          8,
          Lease.LONGEST_CALL,
          Duration.ofMinutes(60),
          Duration.ofMinutes(60),
          Duration.ofSeconds(60),
          Duration.ofMillis(300),
          Duration.ofSeconds(10),
          Duration.ofMinutes(10),
          Duration.ofSeconds(30),
          Duration.ofSeconds(30),
          Duration.ofMinutes(5),
          2,
          5,
          6,
          Duration.ofSeconds(30),
          Duration.ofSeconds(10));

  /** The same with those that are configured. */
  EngineLimits with(int newCallsPerCloud, Duration newCreateTimeout, Duration newKeepInterval) {
    return new EngineLimits(
        newCallsPerCloud,
        callDeadline,
        newCreateTimeout,
        deleteTimeout,
        newKeepInterval,
        firstLook,
        confirmMissing,
        lateEffects,
        askAgain,
        longestBackoff,
        repairPause,
        replacements,
        unexplainedTries,
        erringTries,
        lease,
        stay);
  }
}
