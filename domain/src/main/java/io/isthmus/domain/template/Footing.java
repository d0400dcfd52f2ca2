package io.isthmus.domain.template;

/** How many places a resource of a type is in. */
public enum Footing {
  /** In one place, chosen by the planner: a server, a volume, a floating IP, a port. */
  PLACED,
  /**
   * In each region in which something that needs it runs: a network, a security group, a key pair.
   */
  STRETCHED,
  /** In no cloud at all; computed by Isthmus: a resource group, a random string, a value. */
  COMPUTED
}
