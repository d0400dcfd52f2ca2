package io.isthmus.domain.cloud;

import java.util.List;
import java.util.function.Consumer;

/**
 * Port: reads what a cloud offers to a project. Never called within a transaction. Implemented by
 * {@code openstack}.
 */
public interface InventoryDriver {

  /**
   * Reads everything that placement and the pages need. A service that does not answer becomes a
   * {@link Service#problem()}; only a Keystone that does not let us in fails the whole.
   *
   * @param afresh whether all is asked now; else what seldom changes may be two minutes old: zones,
   *     types of volumes, networks and their extensions, how many load balancers are allowed
   * @throws io.isthmus.domain.fault.FederationFault CLOUD_UNAVAILABLE, CLOUD_TIMEOUT,
   *     CLOUD_CREDENTIAL_REJECTED, CLOUD_GARBLED; details name the cloud and the call
   */
  CloudInventory fetch(CloudConnection connection, boolean afresh);

  /**
   * Tries a connection step by step for a person to read; never throws for what the cloud does.
   * Later steps are left out after one that makes them pointless.
   *
   * @param told is told each outcome as soon as it is known, in order, by the calling thread
   * @return all outcomes, in order
   */
  List<ConnectionCheck> test(CloudConnection connection, Consumer<ConnectionCheck> told);

  /**
   * Id of the OpenStack project that the connection signs in to.
   *
   * @throws io.isthmus.domain.fault.FederationFault CLOUD_UNAVAILABLE, CLOUD_TIMEOUT,
   *     CLOUD_CREDENTIAL_REJECTED, CLOUD_GARBLED; details name the cloud and the call
   */
  String projectOf(CloudConnection connection);
}
