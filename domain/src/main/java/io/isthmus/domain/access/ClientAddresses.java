package io.isthmus.domain.access;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import java.math.BigInteger;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import org.eclipse.microprofile.config.inject.ConfigProperty;

/**
 * From which address somebody asks. That is whoever has made the connection; only what proxies that
 * are configured say of the one before them is believed, from the nearest on. So nobody can pretend
 * to be another by a header. Of IPv6 the network counts (64 bits): whoever has one has all of it.
 */
@ApplicationScoped
public class ClientAddresses {

  private static final int NETWORK_OF_IPV6 = 64;
  private static final int IPV6_BITS = 128;

  private record Range(InetAddress first, int prefix) {
    boolean contains(InetAddress address) {
      int bits = first.getAddress().length * 8;
      return address.getAddress().length * 8 == bits
          && beginning(first, bits).equals(beginning(address, bits));
    }

    private BigInteger beginning(InetAddress address, int bits) {
      return new BigInteger(1, address.getAddress()).shiftRight(bits - prefix);
    }
  }

  private List<Range> proxies;

  /**
   * @param proxies ranges in CIDR notation or single addresses, comma-separated
   * @throws IllegalArgumentException for anything else
   */
  @Inject
  public ClientAddresses(
      @ConfigProperty(name = "isthmus.trusted-proxies") Optional<String> proxies) {
    List<Range> read = new ArrayList<>();
    for (String text : proxies.orElse("").split(",")) {
      if (!text.isBlank()) {
        read.add(range(text.strip()));
      }
    }
    this.proxies = List.copyOf(read);
  }

  /** For the container's proxies. */
  protected ClientAddresses() {}

  private static Range range(String text) {
    String[] parts = text.split("/", -1);
    Optional<InetAddress> address = address(parts[0]);
    int bits = address.map(each -> each.getAddress().length * 8).orElse(0);
    int prefix =
        parts.length == 1 ? bits : parts[1].matches("\\d{1,3}") ? Integer.parseInt(parts[1]) : -1;
    if (address.isEmpty() || parts.length > 2 || prefix < 0 || prefix > bits) {
      throw new IllegalArgumentException(
          "isthmus.trusted-proxies has “"
              + text
              + "”: give addresses or ranges such as 10.20.0.0/16, separated by commas");
    }
    return new Range(address.get(), prefix);
  }

  /**
   * @param connected who has made the connection
   * @param forwarded values of {@code X-Forwarded-For} in their order
   */
  public String of(String connected, List<String> forwarded) {
    Optional<InetAddress> client = address(connected);
    if (client.isEmpty()) {
      return connected;
    }
    List<String> hops = new ArrayList<>(List.of(String.join(",", forwarded).split(",")));
    Collections.reverse(hops);
    for (String hop : hops) {
      Optional<InetAddress> before = address(hop.strip());
      if (before.isEmpty() || !isProxy(client.get())) {
        break;
      }
      client = before;
    }
    return text(client.get());
  }

  private boolean isProxy(InetAddress address) {
    return proxies.stream().anyMatch(range -> range.contains(address));
  }

  private static String text(InetAddress address) {
    byte[] bytes = address.getAddress();
    if (bytes.length * 8 < IPV6_BITS) {
      return address.getHostAddress();
    }
    for (int index = NETWORK_OF_IPV6 / 8; index < bytes.length; index++) {
      bytes[index] = 0;
    }
    try {
      return InetAddress.getByAddress(bytes).getHostAddress() + "/" + NETWORK_OF_IPV6;
    } catch (UnknownHostException e) {
      throw new IllegalStateException(e);
    }
  }

  /** Numbers only; nothing is resolved. */
  private static Optional<InetAddress> address(String text) {
    boolean numbers =
        text.matches("[0-9]{1,3}(\\.[0-9]{1,3}){3}")
            || text.matches("[0-9a-fA-F:.]*:[0-9a-fA-F:.]*");
    try {
      return numbers ? Optional.of(InetAddress.getByName(text)) : Optional.empty();
    } catch (UnknownHostException e) {
      return Optional.empty();
    }
  }
}
