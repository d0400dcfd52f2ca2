package io.isthmus.sandbox.http;

import java.util.LinkedHashMap;
import java.util.Map;

/** A refusal by a simulated service; each service writes it in its own error format. */
public final class Fault extends RuntimeException {
  private final int status;
  private final String type;
  private final Map<String, String> headers = new LinkedHashMap<>();

  /**
   * @param status HTTP status
   * @param type the exception's name where the service tells it (Neutron), else ignored
   * @param message what the service says
   */
  public Fault(int status, String type, String message) {
    super(message, null, false, false);
    this.status = status;
    this.type = type;
  }

  public static Fault badRequest(String message) {
    return new Fault(400, "HTTPBadRequest", message);
  }

  public static Fault forbidden(String message) {
    return new Fault(403, "HTTPForbidden", message);
  }

  public static Fault notFound(String message) {
    return new Fault(404, "HTTPNotFound", message);
  }

  public static Fault conflict(String message) {
    return new Fault(409, "HTTPConflict", message);
  }

  public static Fault of(int status, String type, String message) {
    return new Fault(status, type, message);
  }

  /** The same fault with one more response header. */
  public Fault with(String header, String value) {
    headers.put(header, value);
    return this;
  }

  public int status() {
    return status;
  }

  public String type() {
    return type;
  }

  public Map<String, String> headers() {
    return headers;
  }
}
