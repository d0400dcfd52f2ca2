package io.isthmus.domain.cloud;

import java.util.Map;

/**
 * Port: sets the quotas that a member cloud itself keeps for an OpenStack project. Never called
 * within a transaction. Implemented by {@code openstack}.
 */
public interface CloudQuotaDriver {

  /**
   * Whether the credential holds the role {@code admin}, with which clouds by their default
   * policies let quotas be set.
   *
   * @throws io.isthmus.domain.fault.FederationFault CLOUD_UNAVAILABLE, CLOUD_TIMEOUT,
   *     CLOUD_CREDENTIAL_REJECTED, CLOUD_GARBLED; details name the cloud and the call
   */
  boolean maySet(CloudConnection connection);

  /**
   * Sets quotas of one region, service by service. When one service refuses, those that were set
   * before it get back what they had.
   *
   * @param by an access into the same cloud that may set quotas
   * @param account whose quotas they are
   * @param limits −1 without limit; kinds that are left out stay as they are
   * @throws io.isthmus.domain.fault.FederationFault as above, and CLOUD_REJECTED with what the
   *     cloud says, for instance that more is in use than would be allowed
   */
  void set(CloudConnection by, String region, Account account, Map<LimitKind, Long> limits);
}
