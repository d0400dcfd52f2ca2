package io.isthmus.openstack.network;

import io.isthmus.domain.json.Json;
import io.isthmus.domain.network.Cidr;
import jakarta.json.JsonArray;
import jakarta.json.JsonArrayBuilder;
import java.math.BigInteger;

/**
 * The ranges from which Neutron gives addresses when none are said: all of the subnet but the
 * network's own address, IPv4's broadcast address and the gateway.
 *
 * @see "neutron/ipam/utils.py, generate_pools"
 */
final class SubnetPools {
  private SubnetPools() {}

  /**
   * @param gateway its address; anything else when there is none
   */
  static JsonArray all(Cidr cidr, String gateway) {
    BigInteger size = BigInteger.ONE.shiftLeft(cidr.bits() - cidr.length());
    boolean whole = size.compareTo(BigInteger.TWO) <= 0;
    BigInteger first = whole ? BigInteger.ZERO : BigInteger.ONE;
    BigInteger last = size.subtract(whole || cidr.bits() == 128 ? BigInteger.ONE : BigInteger.TWO);
    JsonArrayBuilder pools = Json.createArrayBuilder();
    BigInteger gap = cidr.offset(gateway).orElse(BigInteger.valueOf(-1));
    if (gap.compareTo(first) < 0 || gap.compareTo(last) > 0) {
      add(pools, cidr, first, last);
    } else {
      add(pools, cidr, first, gap.subtract(BigInteger.ONE));
      add(pools, cidr, gap.add(BigInteger.ONE), last);
    }
    return pools.build();
  }

  private static void add(JsonArrayBuilder pools, Cidr cidr, BigInteger start, BigInteger end) {
    if (start.compareTo(end) <= 0) {
      pools.add(
          Json.createObjectBuilder()
              .add("start", cidr.address(start))
              .add("end", cidr.address(end)));
    }
  }
}
