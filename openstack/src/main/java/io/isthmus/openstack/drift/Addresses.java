package io.isthmus.openstack.drift;

import io.isthmus.domain.drift.PropertyDrift;
import io.isthmus.openstack.resource.Bodies;
import jakarta.json.JsonObject;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/**
 * Addresses of ports. Where none was given, those that the port had first have to stay. Neutron
 * adds IPv6 addresses to ports when a subnet that gives them out by itself comes to their network;
 * such ones are no drift.
 *
 * @see "neutron/db/ipam_backend_mixin.py, add_auto_addrs_on_network_ports"
 */
final class Addresses {

  private Addresses() {}

  /** Addresses of a port, of the mirror's details or of a template's properties. */
  static List<String> of(JsonObject port) {
    return Bodies.objects(port, "fixed_ips").stream()
        .flatMap(one -> Bodies.text(one, "ip_address").stream())
        .map(Addresses::plain)
        .toList();
  }

  /**
   * @param property as the template names it
   * @param expected addresses that have to be there
   * @param open how many more the cloud was to choose
   */
  static void compare(
      String property, List<String> expected, int open, List<String> found, Comparing comparing) {
    List<String> missing = new ArrayList<>(expected);
    missing.removeAll(found);
    long more =
        found.stream().filter(one -> !expected.contains(one)).filter(Addresses::isIpv4).count();
    if (!missing.isEmpty() || more > open) {
      comparing.add(
          PropertyDrift.changed(property, Comparing.texts(expected), Comparing.texts(found)));
    }
  }

  private static boolean isIpv4(String address) {
    return address.indexOf(':') < 0;
  }

  /** As clouds write them: IPv6 in small letters. */
  static String plain(String address) {
    return address.strip().toLowerCase(Locale.ROOT);
  }
}
