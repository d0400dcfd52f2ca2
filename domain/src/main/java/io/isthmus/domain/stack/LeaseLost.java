package io.isthmus.domain.stack;

/** Another owner has the stack now; whoever gets this stops at once and changes nothing more. */
public class LeaseLost extends RuntimeException {

  private static final long serialVersionUID = 1L;

  public LeaseLost(Lease lease) {
    super("lease " + lease.fence() + " of stack " + lease.stack() + " is lost");
  }
}
