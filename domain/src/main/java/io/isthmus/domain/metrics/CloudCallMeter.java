package io.isthmus.domain.metrics;

import io.isthmus.domain.cloud.CloudId;
import java.time.Duration;

/** Port: is told of every exchange with a cloud, also of each one that is tried again. */
public interface CloudCallMeter {

  /** What came of an exchange. */
  enum Outcome {
    /** The cloud did what was asked. */
    SUCCESS,
    /** It understood and refused, with a status from 400 to 499. */
    REFUSED,
    /** It asked to be left alone: 429 or 413. */
    LIMITED,
    /** It answered with a status from 500. */
    FAILED,
    /** No answer, or one that broke off. */
    NO_ANSWER,
    /** Nothing was sent: the circuit is open, no turn came in time, or the address is refused. */
    NOT_SENT;

    /** Of an answer's status. */
    public static Outcome of(int status) {
      if (status == 429 || status == 413) {
        return LIMITED;
      }
      if (status >= 500) {
        return FAILED;
      }
      return status >= 400 ? REFUSED : SUCCESS;
    }
  }

  /**
   * @param service OpenStack's type of it, such as {@code compute}
   * @param method of HTTP
   * @param took from when it was sent; nothing for what was not sent
   */
  void called(CloudId cloud, String service, String method, Outcome outcome, Duration took);

  /** For where nobody measures. */
  static CloudCallMeter none() {
    return (cloud, service, method, outcome, took) -> {};
  }
}
