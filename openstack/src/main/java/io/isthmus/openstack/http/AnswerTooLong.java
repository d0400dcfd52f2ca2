package io.isthmus.openstack.http;

import java.io.IOException;

/** The answer is longer than what is read. */
public class AnswerTooLong extends IOException {
  private static final long serialVersionUID = 1L;

  AnswerTooLong(long maxBytes) {
    super("the answer is longer than " + maxBytes + " bytes");
  }
}
