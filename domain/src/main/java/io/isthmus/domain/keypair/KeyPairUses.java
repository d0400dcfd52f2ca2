package io.isthmus.domain.keypair;

import io.isthmus.domain.access.ProjectId;
import java.util.List;

/** Port: what was made with a project's key pairs. */
public interface KeyPairUses {

  /** Of stacks that are not deleted, by name of the stack. */
  List<Use> of(ProjectId project);

  /**
   * That a stack was made with a key pair.
   *
   * @param keyPair its name when the stack was planned
   * @param publicKey the line of then
   */
  record Use(String stack, String keyPair, String publicKey) {}
}
