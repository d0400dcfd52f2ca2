package io.isthmus.domain.mirror;

import io.isthmus.domain.cloud.Account;
import io.isthmus.domain.cloud.CloudConnection;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;

/**
 * Port: lists what the OpenStack project behind an access has in a region. Never called within a
 * transaction. Implemented by {@code openstack}; thread-safe.
 */
public interface MirrorDriver {

  /**
   * Reads one list: what changed since the bookmark where the cloud offers that, else all of it.
   * Only what belongs to the connection's own OpenStack project, even for an administrator's
   * credential.
   *
   * @param account that the connection is to lead into: what another one has is told of nothing
   * @param bookmark of an earlier reading of the same list; empty to read all
   * @param page is given the items page by page, by the calling thread, as they arrive, so that no
   *     list is ever held whole
   * @throws io.isthmus.domain.fault.FederationFault CLOUD_UNAVAILABLE, CLOUD_TIMEOUT,
   *     CLOUD_CREDENTIAL_REJECTED, CLOUD_GARBLED; CONFLICT when the connection leads into another
   *     account; details name the cloud and the call. What was given to {@code page} before it is
   *     true all the same
   */
  MirrorReading read(
      CloudConnection connection,
      Account account,
      String region,
      MirrorKind kind,
      Optional<String> bookmark,
      Consumer<List<MirrorItem>> page);
}
