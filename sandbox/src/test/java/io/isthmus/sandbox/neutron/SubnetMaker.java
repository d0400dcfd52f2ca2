package io.isthmus.sandbox.neutron;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.isthmus.sandbox.http.Json;

/** Makes a subnet for tests of other services. */
public final class SubnetMaker {
  private SubnetMaker() {}

  /**
   * A subnet on a network of its own.
   *
   * @return its id
   */
  public static String make(Neutron neutron, String cidr, Caller caller) {
    ObjectNode network = neutron.networks().make(Json.obj(), caller);
    ObjectNode request = Json.obj().put("ip_version", 4).put("cidr", cidr);
    request.put("network_id", network.get("id").asText());
    return neutron.subnets().make(request, caller).get("id").asText();
  }
}
