package io.isthmus.openstack.http;

import java.io.IOException;

/** The certificates of the authorities to trust cannot be used. */
public class BadAuthority extends IOException {
  private static final long serialVersionUID = 1L;

  BadAuthority(Throwable cause) {
    super("the authority's certificates cannot be read: " + cause.getMessage(), cause);
  }
}
