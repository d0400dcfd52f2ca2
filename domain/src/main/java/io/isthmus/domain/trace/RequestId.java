package io.isthmus.domain.trace;

import java.util.Optional;
import java.util.UUID;
import java.util.regex.Pattern;

/**
 * Names a request, in OpenStack's form, which its services take over into their own logs.
 *
 * @param text {@code req-} and a UUID
 * @see "oslo.middleware request_id.py: GLOBAL_REQ_ID, ID_FORMAT"
 */
public record RequestId(String text) {

  private static final Pattern UUID_FORM =
      Pattern.compile("(req-)?([0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12})");
  private static final ThreadLocal<RequestId> CURRENT = new ThreadLocal<>();

  public RequestId {
    if (!text.startsWith("req-") || !UUID_FORM.matcher(text).matches()) {
      throw new IllegalArgumentException("not a request id, expected req-UUID: " + text);
    }
  }

  public static RequestId fresh() {
    return new RequestId("req-" + UUID.randomUUID());
  }

  /** The first of the given texts that is a request id or a plain UUID; else a fresh one. */
  public static RequestId firstOf(String... given) {
    for (String text : given) {
      if (text != null && UUID_FORM.matcher(text).matches()) {
        return new RequestId(text.startsWith("req-") ? text : "req-" + text);
      }
    }
    return fresh();
  }

  /** The request that this thread serves. */
  public static Optional<RequestId> current() {
    return Optional.ofNullable(CURRENT.get());
  }

  /** The request that this thread serves; a fresh id for work that nobody asked for just now. */
  public static RequestId currentOrFresh() {
    return current().orElseGet(RequestId::fresh);
  }

  /**
   * Says that this thread serves this request, until the scope is closed.
   *
   * @return to be closed by the same thread
   */
  public Scope serve() {
    RequestId before = CURRENT.get();
    CURRENT.set(this);
    return () -> {
      if (before == null) {
        CURRENT.remove();
      } else {
        CURRENT.set(before);
      }
    };
  }

  /** Ends with the serving of a request. */
  public interface Scope extends AutoCloseable {
    @Override
    void close();
  }

  @Override
  public String toString() {
    return text;
  }
}
