package io.isthmus.ui.cloud;

import com.vaadin.flow.component.Component;
import java.util.Set;

/** What the steps of a connection test are called. */
final class StepNames {

  private static final Set<String> OURS =
      Set.of(
          "name",
          "address",
          "tls",
          "identity",
          "credential",
          "role",
          "catalog",
          "services",
          "permissions");

  private static final Set<String> PERMISSIONS =
      Set.of(
          "servers",
          "server-groups",
          "key-pairs",
          "networks",
          "subnets",
          "ports",
          "routers",
          "security-groups",
          "security-group-rules",
          "floating-ips",
          "images",
          "volumes",
          "load-balancers",
          "listeners",
          "pools",
          "health-monitors");

  private StepNames() {}

  /** A word for a step or list of ours; a service with its region as OpenStack calls it. */
  static String of(String step, Component reader) {
    if (OURS.contains(step)) {
      return reader.getTranslation("test.step." + step);
    }
    int at = step.indexOf('@');
    if (at < 0) {
      return step;
    }
    String what = step.substring(0, at);
    String name = PERMISSIONS.contains(what) ? reader.getTranslation("test.list." + what) : what;
    return name + " · " + step.substring(at + 1);
  }
}
