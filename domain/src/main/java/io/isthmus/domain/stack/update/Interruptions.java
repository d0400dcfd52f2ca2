package io.isthmus.domain.stack.update;

import io.isthmus.domain.language.Phrase;
import io.isthmus.domain.placement.ResourceChange;
import io.isthmus.domain.template.DeletionPolicy;
import jakarta.json.JsonObject;
import java.util.Collection;
import java.util.Optional;

/** Says what a change interrupts, and what is lost by it. */
final class Interruptions {

  private static final String VOLUME = "OS::Cinder::Volume";

  private Interruptions() {}

  /**
   * @param newFirst of what is made anew in its region, whether that is done before the old one
   *     goes
   * @param kept what becomes of the old one when it is not wanted any more
   * @param after what the properties shall be; empty for what goes
   */
  static Optional<Phrase> of(
      ResourceChange.Kind kind,
      String type,
      Collection<String> causes,
      boolean newFirst,
      DeletionPolicy kept,
      JsonObject after) {
    return switch (kind) {
      case UNCHANGED, ADDED -> Optional.empty();
      case UPDATED -> inPlace(type, causes, after);
      case REMOVED -> Optional.of(Phrase.of("stack.update.removed" + suffix(type, kept)));
      case MOVED -> Optional.of(Phrase.of("stack.update.moved" + suffix(type, kept)));
      case REPLACED ->
          Optional.of(
              Phrase.of(
                  (newFirst ? "stack.update.replaced" : "stack.update.replaced-old-first")
                      + suffix(type, kept)));
    };
  }

  private static String suffix(String type, DeletionPolicy kept) {
    if (kept == DeletionPolicy.RETAIN) {
      return "-kept";
    }
    return switch (type) {
      case InPlace.SERVER -> "-server";
      case VOLUME -> "-volume";
      default -> "";
    };
  }

  /** The gravest of what the causes bring with them. */
  private static Optional<Phrase> inPlace(
      String type, Collection<String> causes, JsonObject after) {
    String what =
        switch (type) {
          case InPlace.SERVER -> server(causes, after);
          case VOLUME ->
              causes.contains("volume_type") ? "retyped" : causes.contains("size") ? "grown" : "";
          case "OS::Cinder::VolumeAttachment" -> "attached-anew";
          case "OS::Neutron::FloatingIP", "OS::Neutron::FloatingIPAssociation" ->
              meets(causes, "port_id", "fixed_ip_address", "floatingip_id")
                  ? "leads-elsewhere"
                  : "";
          case "OS::Neutron::Port" ->
              causes.contains("fixed_ips")
                  ? "port-addresses"
                  : causes.contains("admin_state_up") ? "in-service" : "";
          case "OS::Neutron::Router" ->
              causes.contains("external_gateway_info")
                  ? "gateway"
                  : causes.contains("admin_state_up") ? "in-service" : "";
          case "OS::Neutron::Subnet" ->
              meets(causes, "gateway_ip", "enable_dhcp", "host_routes", "dns_nameservers")
                  ? "told-by-dhcp"
                  : "";
          default -> causes.contains("admin_state_up") ? "in-service" : "";
        };
    return what.isEmpty() ? Optional.empty() : Optional.of(Phrase.of("stack.update." + what));
  }

  private static String server(Collection<String> causes, JsonObject after) {
    boolean rebuilds =
        causes.contains("image")
            || causes.contains("user_data")
                && InPlace.policy(after, "user_data_update_policy", "").equals("REBUILD");
    if (rebuilds) {
      return "rebuilt";
    }
    if (causes.contains("flavor")) {
      return "resized";
    }
    return causes.contains("networks") ? "reconnected" : "";
  }

  private static boolean meets(Collection<String> causes, String... some) {
    for (String one : some) {
      if (causes.contains(one)) {
        return true;
      }
    }
    return false;
  }
}
