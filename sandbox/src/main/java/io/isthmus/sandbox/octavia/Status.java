package io.isthmus.sandbox.octavia;

/**
 * Octavia's words for whether something is being worked on and whether it works.
 *
 * @see "octavia/common/constants.py"
 */
final class Status {
  static final String ACTIVE = "ACTIVE";
  static final String PENDING_CREATE = "PENDING_CREATE";
  static final String PENDING_UPDATE = "PENDING_UPDATE";
  static final String PENDING_DELETE = "PENDING_DELETE";

  static final String ONLINE = "ONLINE";
  static final String OFFLINE = "OFFLINE";
  static final String DEGRADED = "DEGRADED";
  static final String DRAINING = "DRAINING";
  static final String ERROR = "ERROR";
  static final String NO_MONITOR = "NO_MONITOR";

  private Status() {}
}
