package io.isthmus.domain.template;

import java.util.LinkedHashSet;
import java.util.Map;
import java.util.Set;
import java.util.function.Predicate;
import java.util.regex.Pattern;

/**
 * Heat's named constraints. Those that are about the form of a text are checked here; the others
 * ask a cloud, which the planner does.
 *
 * @see "openstack/heat setup.cfg, heat.constraints"
 */
final class CustomConstraints {

  private static final Pattern IPV4 =
      Pattern.compile(
          "(25[0-5]|2[0-4]\\d|1\\d\\d|[1-9]?\\d)(\\.(25[0-5]|2[0-4]\\d|1\\d\\d|[1-9]?\\d)){3}");
  private static final Pattern MAC = Pattern.compile("[0-9A-Fa-f]{2}([:-][0-9A-Fa-f]{2}){5}");
  private static final Pattern LABELS =
      Pattern.compile(
          "([A-Za-z0-9]([A-Za-z0-9-]{0,61}[A-Za-z0-9])?)(\\.[A-Za-z0-9]([A-Za-z0-9-]{0,61}[A-Za-z0-9])?)*");

  private static final Map<String, Predicate<String>> BY_FORM =
      Map.of(
          "ip_addr", CustomConstraints::isAddress,
          "net_cidr", CustomConstraints::isCidr,
          "ip_or_cidr", text -> isAddress(text) || isCidr(text),
          "mac_addr", text -> MAC.matcher(text).matches(),
          "dns_name", text -> isName(text.endsWith(".") ? chop(text) : text),
          "rel_dns_name", CustomConstraints::isName,
          "dns_domain", text -> text.endsWith(".") && isName(chop(text)));

  /** Those that a cloud must be asked about. */
  private static final Set<String> OF_CLOUDS =
      Set.of(
          "nova.flavor",
          "nova.keypair",
          "nova.server",
          "nova.network",
          "glance.image",
          "neutron.network",
          "neutron.subnet",
          "neutron.port",
          "neutron.router",
          "neutron.security_group",
          "neutron.subnetpool",
          "neutron.qos_policy",
          "cinder.volume",
          "cinder.snapshot",
          "cinder.backup",
          "cinder.vtype",
          "octavia.loadbalancer",
          "octavia.listener",
          "octavia.pool",
          "octavia.flavor",
          "keystone.project",
          "keystone.user",
          "keystone.role",
          "keystone.domain");

  private CustomConstraints() {}

  static boolean isKnown(String name) {
    return BY_FORM.containsKey(name) || OF_CLOUDS.contains(name);
  }

  static Set<String> names() {
    Set<String> names = new LinkedHashSet<>(BY_FORM.keySet());
    names.addAll(OF_CLOUDS);
    return names;
  }

  /** False when the text's form breaks the constraint. */
  static boolean holds(String name, String text) {
    Predicate<String> form = BY_FORM.get(name);
    return form == null || form.test(text);
  }

  private static String chop(String text) {
    return text.substring(0, text.length() - 1);
  }

  private static boolean isName(String text) {
    return text.length() <= 253 && LABELS.matcher(new BoundedText(text)).matches();
  }

  private static boolean isCidr(String text) {
    int slash = text.indexOf('/');
    if (slash < 0 || !isAddress(text.substring(0, slash))) {
      return false;
    }
    String prefix = text.substring(slash + 1);
    int most = text.indexOf(':') >= 0 ? 128 : 32;
    return prefix.matches("\\d{1,3}") && Integer.parseInt(prefix) <= most;
  }

  private static boolean isAddress(String text) {
    return IPV4.matcher(text).matches() || isIpv6(text);
  }

  private static boolean isIpv6(String text) {
    if (text.length() > 45 || !text.matches("[0-9A-Fa-f:.]*:[0-9A-Fa-f:.]*")) {
      return false;
    }
    int gap = text.indexOf("::");
    if (gap >= 0 && text.indexOf("::", gap + 1) >= 0) {
      return false;
    }
    if (gap < 0) {
      return groups(text, true) == 8;
    }
    int before = groups(text.substring(0, gap), false);
    int after = groups(text.substring(gap + 2), true);
    return before >= 0 && after >= 0 && before + after <= 7;
  }

  /** Number of 16-bit groups; far below zero when one of them is none. */
  private static int groups(String text, boolean mayEndInIpv4) {
    if (text.isEmpty()) {
      return 0;
    }
    String[] groups = text.split(":", -1);
    int count = 0;
    for (int i = 0; i < groups.length; i++) {
      if (groups[i].matches("[0-9A-Fa-f]{1,4}")) {
        count++;
      } else if (mayEndInIpv4 && i == groups.length - 1 && IPV4.matcher(groups[i]).matches()) {
        count += 2;
      } else {
        return -100;
      }
    }
    return count;
  }
}
