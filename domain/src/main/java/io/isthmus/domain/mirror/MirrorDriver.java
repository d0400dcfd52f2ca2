package io.isthmus.domain.mirror;

import io.isthmus.domain.cloud.Account;
import io.isthmus.domain.cloud.CloudConnection;
import java.util.List;
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
   * @param known of the same list from earlier readings
   * @param page is given the items page by page, by the calling thread, as they arrive, so that no
   *     list is ever held whole; an empty one whenever the cloud has answered and nothing is to be
   *     told of it, so that a long list that is as it was is not taken for one that never comes
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
      MirrorKnown known,
      Consumer<List<MirrorItem>> page);
}
