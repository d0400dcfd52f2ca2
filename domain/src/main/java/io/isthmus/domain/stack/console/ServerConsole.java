package io.isthmus.domain.stack.console;

import io.isthmus.domain.stack.Target;

/**
 * Port: reads a server's console. Never called within a transaction. Implemented by {@code
 * openstack}.
 */
public interface ServerConsole {

  /**
   * The end of what the server wrote, as it is, with escape sequences.
   *
   * @param physicalId the server's id in its cloud
   * @param lines most of them, at least 1
   * @return at most 256 KiB of text, the end of it; empty when it has written nothing
   * @throws io.isthmus.domain.fault.FederationFault CLOUD_UNAVAILABLE, CLOUD_TIMEOUT (after 15
   *     seconds), CLOUD_REJECTED, CLOUD_CREDENTIAL_REJECTED, CLOUD_GARBLED, CONFLICT; details name
   *     the cloud and the call
   */
  String log(Target target, String physicalId, int lines);
}
