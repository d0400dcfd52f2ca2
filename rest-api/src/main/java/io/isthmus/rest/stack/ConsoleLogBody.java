package io.isthmus.rest.stack;

import io.isthmus.domain.stack.console.ConsoleLog;

/**
 * The end of what a server wrote to its console.
 *
 * @param log plain lines, without escape sequences
 */
public record ConsoleLogBody(
    String resource, String cloud, String region, String physicalId, String log, String readAt) {

  static ConsoleLogBody of(ConsoleLog read) {
    return new ConsoleLogBody(
        read.part().resource(),
        read.part().cloud().text(),
        read.part().region(),
        read.physicalId(),
        read.text(),
        read.readAt().toString());
  }
}
