package io.isthmus.domain.network;

import java.math.BigInteger;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.util.Optional;

/**
 * A prefix of IPv4 or IPv6 addresses.
 *
 * @param bits 32 or 128
 * @param base the lowest address, all host bits 0
 * @param length of the prefix, 0 to {@code bits}
 */
public record Cidr(int bits, BigInteger base, int length) {

  public Cidr {
    if (bits != 32 && bits != 128 || length < 0 || length > bits) {
      throw new IllegalArgumentException("not a prefix length for " + bits + " bits: " + length);
    }
    base = base.shiftRight(bits - length).shiftLeft(bits - length);
  }

  /** Reads {@code 10.0.0.0/24} or {@code fd00::/64}; host bits are cleared. */
  public static Optional<Cidr> parse(String text) {
    int slash = text.indexOf('/');
    if (slash < 0 || !text.substring(slash + 1).matches("[0-9]{1,3}")) {
      return Optional.empty();
    }
    int length = Integer.parseInt(text.substring(slash + 1));
    return address(text.substring(0, slash))
        .filter(bytes -> length <= bytes.length * 8)
        .map(bytes -> new Cidr(bytes.length * 8, new BigInteger(1, bytes), length));
  }

  /**
   * As {@link #parse}, for what is known to be well-formed.
   *
   * @throws IllegalArgumentException when it is not
   */
  public static Cidr of(String text) {
    return parse(text).orElseThrow(() -> new IllegalArgumentException("not a CIDR: " + text));
  }

  /** The bytes of a literal address; empty for anything else, above all for host names. */
  private static Optional<byte[]> address(String text) {
    boolean v4 = text.matches("[0-9]{1,3}(\\.[0-9]{1,3}){3}");
    if (!v4 && !text.matches("[0-9a-fA-F:.]*:[0-9a-fA-F:.]*")) {
      return Optional.empty();
    }
    try {
      byte[] bytes = InetAddress.getByName(text).getAddress();
      return (bytes.length == 4) == v4 ? Optional.of(bytes) : Optional.empty();
    } catch (UnknownHostException e) {
      return Optional.empty();
    }
  }

  public boolean overlaps(Cidr other) {
    return bits == other.bits && (contains(other) || other.contains(this));
  }

  public boolean contains(Cidr other) {
    int host = bits - length;
    return bits == other.bits
        && length <= other.length
        && base.shiftRight(host).equals(other.base.shiftRight(host));
  }

  /** Whether this literal address lies in it. */
  public boolean containsAddress(String address) {
    return offset(address).isPresent();
  }

  /** How far a literal address lies above the base; empty when it is not in here. */
  public Optional<BigInteger> offset(String address) {
    return address(address)
        .filter(bytes -> bytes.length * 8 == bits)
        .map(bytes -> new BigInteger(1, bytes))
        .filter(value -> contains(new Cidr(bits, value, bits)))
        .map(value -> value.subtract(base));
  }

  /** The literal address that far above the base. */
  public String address(BigInteger offset) {
    return literal(bits, base.add(offset));
  }

  /** The index-th prefix of the given length in here. */
  public Cidr segment(int index, int segmentLength) {
    return new Cidr(
        bits, base.add(BigInteger.valueOf(index).shiftLeft(bits - segmentLength)), segmentLength);
  }

  /** The address just above the last one. */
  BigInteger end() {
    return base.add(BigInteger.ONE.shiftLeft(bits - length));
  }

  @Override
  public String toString() {
    return literal(bits, base) + "/" + length;
  }

  private static String literal(int bits, BigInteger value) {
    byte[] given = value.toByteArray();
    byte[] bytes = new byte[bits / 8];
    int copied = Math.min(given.length, bytes.length);
    System.arraycopy(given, given.length - copied, bytes, bytes.length - copied, copied);
    return bits == 32 ? v4(bytes) : v6(bytes);
  }

  private static String v4(byte[] bytes) {
    return (bytes[0] & 255)
        + "."
        + (bytes[1] & 255)
        + "."
        + (bytes[2] & 255)
        + "."
        + (bytes[3] & 255);
  }

  /** RFC 5952: lower case, no leading zeros, the first longest run of zeros as {@code ::}. */
  private static String v6(byte[] bytes) {
    int[] groups = new int[8];
    for (int i = 0; i < 8; i++) {
      groups[i] = (bytes[2 * i] & 255) << 8 | bytes[2 * i + 1] & 255;
    }
    int bestStart = -1;
    int bestLength = 1;
    for (int i = 0; i < 8; i++) {
      int run = 0;
      while (i + run < 8 && groups[i + run] == 0) {
        run++;
      }
      if (run > bestLength) {
        bestStart = i;
        bestLength = run;
      }
    }
    StringBuilder text = new StringBuilder();
    for (int i = 0; i < 8; i++) {
      if (i == bestStart) {
        text.append("::");
        i += bestLength - 1;
      } else {
        if (text.length() > 0 && text.charAt(text.length() - 1) != ':') {
          text.append(':');
        }
        text.append(Integer.toHexString(groups[i]));
      }
    }
    return text.toString();
  }
}
