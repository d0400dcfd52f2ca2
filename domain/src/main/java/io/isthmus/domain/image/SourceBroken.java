package io.isthmus.domain.image;

import io.isthmus.domain.fault.FederationFault;
import java.io.IOException;

/** Content cannot be read on because of what stands, or does not stand, at its address. */
final class SourceBroken extends IOException {

  private static final long serialVersionUID = 1L;

  private final FederationFault fault;

  SourceBroken(FederationFault fault) {
    super(fault.getMessage(), fault);
    this.fault = fault;
  }

  FederationFault fault() {
    return fault;
  }
}
