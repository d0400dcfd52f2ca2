package io.isthmus.sandbox.http;

import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.Map;

/** The simulated services, with the catalog's words for them and the shape of their errors. */
public enum Service {
  IDENTITY("identity", "keystone", "identity"),
  COMPUTE("compute", "nova", "compute"),
  NETWORK("network", "neutron", "network"),
  IMAGE("image", "glance", "image"),
  VOLUME("volumev3", "cinderv3", "volume"),
  LOAD_BALANCER("load-balancer", "octavia", "load-balancer");

  private static final Map<Integer, String> REASONS =
      Map.ofEntries(
          Map.entry(400, "Bad Request"),
          Map.entry(401, "Unauthorized"),
          Map.entry(403, "Forbidden"),
          Map.entry(404, "Not Found"),
          Map.entry(405, "Method Not Allowed"),
          Map.entry(406, "Not Acceptable"),
          Map.entry(409, "Conflict"),
          Map.entry(410, "Gone"),
          Map.entry(411, "Length Required"),
          Map.entry(413, "Request Entity Too Large"),
          Map.entry(415, "Unsupported Media Type"),
          Map.entry(429, "Too Many Requests"),
          Map.entry(500, "Internal Server Error"),
          Map.entry(502, "Bad Gateway"),
          Map.entry(503, "Service Unavailable"),
          Map.entry(504, "Gateway Timeout"));
  private static final Map<Integer, String> NOVA_NAMES =
      Map.ofEntries(
          Map.entry(400, "badRequest"),
          Map.entry(401, "unauthorized"),
          Map.entry(403, "forbidden"),
          Map.entry(404, "itemNotFound"),
          Map.entry(405, "badMethod"),
          Map.entry(409, "conflictingRequest"),
          Map.entry(413, "overLimit"),
          Map.entry(415, "badMediaType"),
          Map.entry(429, "overLimit"),
          Map.entry(501, "notImplemented"),
          Map.entry(503, "serviceUnavailable"));

  private final String type;
  private final String catalogName;
  private final String path;

  Service(String type, String catalogName, String path) {
    this.type = type;
    this.catalogName = catalogName;
    this.path = path;
  }

  /** The service type in the catalog. */
  public String type() {
    return type;
  }

  /** The service's name in the catalog. */
  public String catalogName() {
    return catalogName;
  }

  /** The first segment of the service's URLs, and its name in federation files and weather. */
  public String path() {
    return path;
  }

  /** The reason phrase of a status. */
  public static String reason(int status) {
    return REASONS.getOrDefault(status, "Error");
  }

  /** The media type of this service's error bodies. */
  String errorMediaType() {
    return this == IMAGE ? "text/html; charset=UTF-8" : "application/json";
  }

  /** The body in which this service tells a fault. */
  String errorBody(Fault fault) {
    int status = fault.status();
    String message = fault.getMessage();
    ObjectNode body = Json.obj();
    switch (this) {
      case IDENTITY ->
          body.putObject("error")
              .put("code", status)
              .put("message", message)
              .put("title", reason(status));
      case COMPUTE, VOLUME -> {
        ObjectNode error = body.putObject(NOVA_NAMES.getOrDefault(status, "computeFault"));
        error.put("code", status).put("message", message);
        if (fault.headers().containsKey("Retry-After")) {
          error.put("retryAfter", fault.headers().get("Retry-After"));
        }
      }
      case NETWORK ->
          body.putObject("NeutronError")
              .put("type", fault.type())
              .put("message", message)
              .put("detail", "");
      case LOAD_BALANCER ->
          body.put("faultcode", status >= 500 ? "Server" : "Client")
              .put("faultstring", message)
              .putNull("debuginfo");
      case IMAGE -> {
        return htmlBody(status, message);
      }
    }
    return body.toString();
  }

  /** The body with which the token check in front of each service refuses. */
  static String unauthorizedBody() {
    ObjectNode body = Json.obj();
    body.putObject("error")
        .put("code", 401)
        .put("title", "Unauthorized")
        .put("message", "The request you have made requires authentication.");
    return body.toString();
  }

  private static String htmlBody(int status, String message) {
    String title = status + " " + reason(status);
    String text = message.replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;");
    return "<html>\n <head>\n  <title>"
        + title
        + "</title>\n </head>\n <body>\n  <h1>"
        + title
        + "</h1>\n  "
        + text
        + "<br /><br />\n\n\n\n </body>\n</html>";
  }
}
