package io.isthmus.domain.stack.console;

import io.isthmus.domain.placement.PartId;
import java.time.Instant;

/**
 * The end of what a server wrote to its console.
 *
 * @param physicalId the server's id in its cloud
 * @param text plain lines, without escape sequences; empty when it has written nothing
 * @param readAt when the cloud told it
 */
public record ConsoleLog(PartId part, String physicalId, String text, Instant readAt) {}
