package io.isthmus.openstack.conversation;

import java.net.URI;
import java.util.Locale;
import java.util.regex.Pattern;

/**
 * What tells one service of a cloud from another: where its versions begin. Some clouds have a port
 * for each service, others a path below one port.
 */
final class ServiceRoot {

  private static final Pattern FROM_VERSION = Pattern.compile("/v\\d+(\\.\\d+)?(/.*)?$");

  private ServiceRoot() {}

  /** Such as {@code https://cloud.example:8774} or {@code https://cloud.example/compute}. */
  static String of(URI address) {
    String path = address.getRawPath() == null ? "" : address.getRawPath();
    return server(address) + FROM_VERSION.matcher(path).replaceFirst("").replaceFirst("/+$", "");
  }

  /** The server that the service is on. */
  static String server(URI address) {
    return (address.getScheme() + "://" + address.getRawAuthority()).toLowerCase(Locale.ROOT);
  }
}
