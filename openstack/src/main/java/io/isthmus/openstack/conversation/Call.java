package io.isthmus.openstack.conversation;

import io.isthmus.openstack.keystone.ServiceType;
import jakarta.json.JsonObject;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.Optional;

/**
 * One call to a service.
 *
 * @param path below the endpoint, beginning with a slash, query included
 * @param microversion wanted at most, such as {@code 2.52}; less is used where the cloud has less
 */
public record Call(
    String method,
    ServiceType service,
    String region,
    String path,
    Optional<JsonObject> body,
    Optional<Microversion> microversion) {

  public static Call get(ServiceType service, String region, String path) {
    return new Call("GET", service, region, path, Optional.empty(), Optional.empty());
  }

  public static Call delete(ServiceType service, String region, String path) {
    return new Call("DELETE", service, region, path, Optional.empty(), Optional.empty());
  }

  public static Call post(ServiceType service, String region, String path, JsonObject body) {
    return new Call("POST", service, region, path, Optional.of(body), Optional.empty());
  }

  public static Call put(ServiceType service, String region, String path, JsonObject body) {
    return new Call("PUT", service, region, path, Optional.of(body), Optional.empty());
  }

  /** Any text as one segment of a path. */
  public static String segment(String text) {
    return URLEncoder.encode(text, StandardCharsets.UTF_8).replace("+", "%20");
  }

  public Call upTo(Microversion wanted) {
    return new Call(method, service, region, path, body, Optional.of(wanted));
  }

  /** The same with one more query parameter. */
  public Call query(String name, String value) {
    String encoded =
        URLEncoder.encode(name, StandardCharsets.UTF_8)
            + "="
            + URLEncoder.encode(value, StandardCharsets.UTF_8);
    return new Call(
        method,
        service,
        region,
        path + (path.contains("?") ? "&" : "?") + encoded,
        body,
        microversion);
  }

  /** Whether doing it twice is the same as doing it once. */
  boolean isIdempotent() {
    return !method.equals("POST");
  }
}
