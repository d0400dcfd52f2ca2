package io.isthmus.sandbox;

import java.io.IOException;
import java.net.ServerSocket;
import java.util.concurrent.ThreadLocalRandom;
import java.util.stream.IntStream;

/** Finds ports for simulated clouds. */
final class FreePorts {

  /** Below those that systems give to connections, which anybody may have in the next moment. */
  private static final int FIRST = 20_000;

  private static final int LAST = 32_000;

  /** From the first cloud's to the control port. */
  private static final int CONTROL = 90;

  private FreePorts() {}

  /** A port that is free now, with nine free ones after it and one for control. */
  static int base() {
    while (true) {
      int base = ThreadLocalRandom.current().nextInt(FIRST, LAST - CONTROL);
      if (IntStream.range(base, base + 10).allMatch(FreePorts::isFree) && isFree(base + CONTROL)) {
        return base;
      }
    }
  }

  private static boolean isFree(int port) {
    try (ServerSocket socket = new ServerSocket(port)) {
      return socket.isBound();
    } catch (IOException taken) {
      return false;
    }
  }
}
