package io.isthmus.domain.cloud;

import io.isthmus.domain.access.ProjectId;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.function.Consumer;

/** Where clouds, accesses and equivalences are kept. Each method is one transaction. */
public interface CloudStore {

  /** Every member cloud, by id. */
  List<Cloud> clouds();

  Optional<Cloud> find(CloudId cloud);

  /** Every access, by cloud and project. */
  List<CloudAccess> accesses();

  /**
   * The connection, its credential opened.
   *
   * @throws io.isthmus.domain.encryption.UnreadableSecret when the credential cannot be opened
   */
  Optional<CloudConnection> connection(ProjectId project, CloudId cloud);

  /**
   * Adds all drafts or none: each a cloud with its first access, or an access to a cloud that is
   * there. Projects are made when they are new, here and in the next two methods.
   *
   * @throws io.isthmus.domain.fault.FederationFault NAME_TAKEN when the project has an access to
   *     that cloud, CONFLICT when the cloud is there under another address
   */
  void add(List<CloudDraft> drafts);

  /**
   * Puts other regions and another credential into an access that is there, or makes the access.
   * The cloud's own address stays as it is.
   *
   * @return whether the access is new
   * @throws io.isthmus.domain.fault.FederationFault NOT_FOUND when there is no such cloud, CONFLICT
   *     when it is there under another address
   */
  boolean putAccess(CloudConnection connection);

  /**
   * Makes cloud and access what the draft says. Facts that an administrator has changed since are
   * kept as long as the draft is the one that was imported before.
   */
  void upsert(CloudDraft draft);

  /**
   * @throws io.isthmus.domain.fault.FederationFault NOT_FOUND, STALE_VERSION
   */
  void change(CloudId cloud, CloudRevision revision);

  /**
   * Removes the cloud with its accesses and equivalences.
   *
   * @param version the one that was read; empty for any
   * @param check is run while nothing new can come to use the cloud; refuses by throwing
   * @throws io.isthmus.domain.fault.FederationFault NOT_FOUND, STALE_VERSION
   */
  void remove(CloudId cloud, OptionalLong version, Runnable check);

  /**
   * @param check as above
   * @throws io.isthmus.domain.fault.FederationFault NOT_FOUND
   */
  void removeAccess(ProjectId project, CloudId cloud, Runnable check);

  List<Equivalence> equivalences();

  /**
   * Puts it in the place of one with the same kind, name and cloud.
   *
   * @param check is given what is declared now, which nobody else changes meanwhile; refuses by
   *     throwing
   */
  void put(Equivalence equivalence, Consumer<Optional<Equivalence>> check);

  /**
   * Removes the one with the same kind, name and cloud.
   *
   * @param check as above
   * @throws io.isthmus.domain.fault.FederationFault NOT_FOUND
   */
  void remove(Equivalence equivalence, Consumer<Equivalence> check);
}
