package io.isthmus.domain.cloud;

import java.net.InetAddress;
import java.net.UnknownHostException;
import java.util.Arrays;
import java.util.List;

/** A range of IP addresses in CIDR notation, and what kinds of addresses there are. */
public record AddressRange(InetAddress first, int prefix) {

  /** What an address stands for. */
  public enum Kind {
    PUBLIC,
    PRIVATE,
    LOOPBACK,
    FORBIDDEN
  }

  private static final List<AddressRange> PRIVATE =
      List.of(
          parse("10.0.0.0/8"),
          parse("172.16.0.0/12"),
          parse("192.168.0.0/16"),
          parse("100.64.0.0/10"),
          parse("fc00::/7"),
          parse("fec0::/10"));

  /** Beside what Java itself can tell. */
  private static final List<AddressRange> RESERVED =
      List.of(
          parse("0.0.0.0/8"), parse("192.0.0.0/24"), parse("198.18.0.0/15"), parse("240.0.0.0/4"));

  private static final AddressRange TRANSLATED = parse("64:ff9b::/96");
  private static final AddressRange SIX_TO_FOUR = parse("2002::/16");

  /**
   * Reads {@code 10.20.0.0/16}; only numbers, nothing is resolved.
   *
   * @throws IllegalArgumentException when it is none
   */
  public static AddressRange parse(String text) {
    String[] parts = text.strip().split("/", -1);
    if (parts.length != 2 || !parts[0].matches("[0-9a-fA-F:.]+") || !parts[1].matches("\\d{1,3}")) {
      throw new IllegalArgumentException("not a range of addresses such as 10.20.0.0/16: " + text);
    }
    try {
      InetAddress address = InetAddress.getByName(parts[0]);
      int prefix = Integer.parseInt(parts[1]);
      if (prefix > address.getAddress().length * 8) {
        throw new IllegalArgumentException("the prefix is too long: " + text);
      }
      return new AddressRange(address, prefix);
    } catch (UnknownHostException e) {
      throw new IllegalArgumentException(
          "not a range of addresses such as 10.20.0.0/16: " + text, e);
    }
  }

  /** What an address stands for, or the one that a translating address leads to. */
  public static Kind kind(InetAddress given) {
    InetAddress address = embedded(given);
    if (address.isLoopbackAddress()) {
      return Kind.LOOPBACK;
    }
    if (address.isAnyLocalAddress()
        || address.isLinkLocalAddress()
        || address.isMulticastAddress()
        || RESERVED.stream().anyMatch(range -> range.contains(address))) {
      return Kind.FORBIDDEN;
    }
    return PRIVATE.stream().anyMatch(range -> range.contains(address)) ? Kind.PRIVATE : Kind.PUBLIC;
  }

  /** The IPv4 address that a translating IPv6 address leads to. */
  private static InetAddress embedded(InetAddress address) {
    byte[] bytes = address.getAddress();
    if (TRANSLATED.contains(address)) {
      return fromBytes(Arrays.copyOfRange(bytes, 12, 16));
    }
    if (SIX_TO_FOUR.contains(address)) {
      return fromBytes(Arrays.copyOfRange(bytes, 2, 6));
    }
    return address;
  }

  private static InetAddress fromBytes(byte[] bytes) {
    try {
      return InetAddress.getByAddress(bytes);
    } catch (UnknownHostException e) {
      throw new IllegalStateException(e);
    }
  }

  /** Whether the address is one of them. */
  public boolean contains(InetAddress address) {
    byte[] mine = first.getAddress();
    byte[] other = address.getAddress();
    if (mine.length != other.length) {
      return false;
    }
    for (int bit = 0; bit < prefix; bit++) {
      int mask = 0x80 >> (bit % 8);
      if ((mine[bit / 8] & mask) != (other[bit / 8] & mask)) {
        return false;
      }
    }
    return true;
  }
}
