package io.isthmus.rest.event;

/** The way to one client. Nothing is thrown when it is gone: then the line is closed. */
interface Line {

  boolean isClosed();

  void event(Feed.Entry entry);

  /** Keeps proxies from taking a quiet stream for a dead one, and finds out who is gone. */
  void keepAlive();

  /**
   * Says why nothing more comes, and closes.
   *
   * @param reason a fault's code
   */
  void end(String reason);
}
