package io.isthmus.sandbox.neutron;

import java.math.BigInteger;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.util.regex.Pattern;

/**
 * A range of IPv4 or IPv6 addresses.
 *
 * @param first the network's address as a number
 * @param prefix length of the prefix in bits
 * @param bits 32 or 128
 */
public record Cidr(BigInteger first, int prefix, int bits) {
  private static final Pattern V4 = Pattern.compile("\\d{1,3}(\\.\\d{1,3}){3}");
  private static final Pattern V6 = Pattern.compile("[0-9a-fA-F:.]*:[0-9a-fA-F:.]*");

  /**
   * Reads {@code 10.0.0.0/24}; host bits are dropped, as Neutron does.
   *
   * @throws IllegalArgumentException saying what is wrong
   */
  public static Cidr parse(String text) {
    int slash = text.indexOf('/');
    String address = slash < 0 ? text : text.substring(0, slash);
    int bits = version(address) == 4 ? 32 : 128;
    int prefix;
    try {
      prefix = slash < 0 ? bits : Integer.parseInt(text.substring(slash + 1));
    } catch (NumberFormatException wrong) {
      throw new IllegalArgumentException("'" + text + "' is not a valid IP subnet", wrong);
    }
    if (prefix < 0 || prefix > bits) {
      throw new IllegalArgumentException("'" + text + "' is not a valid IP subnet");
    }
    BigInteger host = BigInteger.ONE.shiftLeft(bits - prefix).subtract(BigInteger.ONE);
    return new Cidr(number(address).andNot(host), prefix, bits);
  }

  /** The address as a number; refuses host names. */
  public static BigInteger number(String address) {
    version(address);
    try {
      byte[] bytes = InetAddress.getByName(address).getAddress();
      return new BigInteger(1, bytes);
    } catch (UnknownHostException wrong) {
      throw new IllegalArgumentException("'" + address + "' is not a valid IP address", wrong);
    }
  }

  /** 4 or 6. */
  public static int version(String address) {
    if (V4.matcher(address).matches()) {
      for (String part : address.split("\\.")) {
        if (Integer.parseInt(part) > 255) {
          throw new IllegalArgumentException("'" + address + "' is not a valid IP address");
        }
      }
      return 4;
    }
    if (V6.matcher(address).matches()) {
      return 6;
    }
    throw new IllegalArgumentException("'" + address + "' is not a valid IP address");
  }

  /** Writes a number as an address, IPv6 in its short form. */
  public static String address(BigInteger number, int bits) {
    byte[] bytes = new byte[bits / 8];
    byte[] raw = number.toByteArray();
    int length = Math.min(raw.length, bytes.length);
    System.arraycopy(raw, raw.length - length, bytes, bytes.length - length, length);
    return bits == 32 ? dotted(bytes) : shortened(bytes);
  }

  public BigInteger last() {
    return first.add(BigInteger.ONE.shiftLeft(bits - prefix)).subtract(BigInteger.ONE);
  }

  public boolean contains(BigInteger number) {
    return number.compareTo(first) >= 0 && number.compareTo(last()) <= 0;
  }

  public boolean overlaps(Cidr other) {
    return bits == other.bits
        && first.compareTo(other.last()) <= 0
        && other.first.compareTo(last()) <= 0;
  }

  public int ipVersion() {
    return bits == 32 ? 4 : 6;
  }

  @Override
  public String toString() {
    return address(first, bits) + "/" + prefix;
  }

  private static String dotted(byte[] bytes) {
    return (bytes[0] & 255)
        + "."
        + (bytes[1] & 255)
        + "."
        + (bytes[2] & 255)
        + "."
        + (bytes[3] & 255);
  }

  private static String shortened(byte[] bytes) {
    int[] groups = new int[8];
    for (int i = 0; i < 8; i++) {
      groups[i] = (bytes[2 * i] & 255) << 8 | bytes[2 * i + 1] & 255;
    }
    int start = -1;
    int longest = 1;
    for (int i = 0; i < 8; i++) {
      int end = i;
      while (end < 8 && groups[end] == 0) {
        end++;
      }
      if (end - i > longest) {
        longest = end - i;
        start = i;
      }
    }
    StringBuilder text = new StringBuilder();
    for (int i = 0; i < 8; i++) {
      if (i == start) {
        text.append("::");
        i += longest - 1;
      } else {
        if (!text.isEmpty() && text.charAt(text.length() - 1) != ':') {
          text.append(':');
        }
        text.append(Integer.toHexString(groups[i]));
      }
    }
    return text.toString();
  }
}
