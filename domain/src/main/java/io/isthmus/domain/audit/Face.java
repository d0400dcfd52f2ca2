package io.isthmus.domain.audit;

import java.util.Locale;
import java.util.Optional;

/** Where something was asked for. */
public enum Face {
  API,
  PORTAL,
  /** What Isthmus does of itself to bring about what was asked for. */
  ENGINE;

  private static final ThreadLocal<Face> CURRENT = new ThreadLocal<>();

  /** The face whose request this thread serves; empty for work that nobody asked for just now. */
  public static Optional<Face> current() {
    return Optional.ofNullable(CURRENT.get());
  }

  /**
   * Says that this thread serves a request of this face, until the scope is closed.
   *
   * @return to be closed by the same thread
   */
  public Scope serve() {
    Face before = CURRENT.get();
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

  /** {@code api}. */
  public String text() {
    return name().toLowerCase(Locale.ROOT);
  }

  /**
   * @throws IllegalArgumentException for any other text
   */
  public static Face of(String text) {
    return valueOf(text.toUpperCase(Locale.ROOT));
  }
}
