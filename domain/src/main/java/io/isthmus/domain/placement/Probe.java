package io.isthmus.domain.placement;

import java.util.Locale;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * What a server is asked to see whether it does what it is there for.
 *
 * @param port from 1 to 65535
 * @param path of the request, from {@code /} on; empty for TCP
 * @param status of HTTP that is expected, from 100 to 599; 0 for TCP
 */
public record Probe(Kind kind, int port, String path, int status) {

  /** The longest path that a policy may name. */
  static final int LONGEST_PATH = 256;

  static final int MOST_PORT = 65_535;
  static final int LEAST_STATUS = 100;
  static final int MOST_STATUS = 599;

  /** Of RFC 3986, path and query: what needs no escape, and escapes. */
  static final Pattern PATH =
      Pattern.compile("/(?:[A-Za-z0-9._~!$&'()*+,;=:@/?-]|%[0-9A-Fa-f]{2})*");

  private static final Pattern TEXT =
      Pattern.compile("(tcp|https?):(\\d{1,5})(?:(/[^ ]*) (\\d{3}))?");

  /** How it is asked. */
  public enum Kind {
    /** A connection can be made. */
    TCP(0),
    HTTP(80),
    /** Whatever certificate is shown: a server is asked by its address, which none names. */
    HTTPS(443);

    private final int usual;

    Kind(int usual) {
      this.usual = usual;
    }

    /** The port when none is given; 0 when one has to be. */
    public int usualPort() {
      return usual;
    }

    /** As a policy names it. */
    public String text() {
      return name().toLowerCase(Locale.ROOT);
    }
  }

  public Probe {
    boolean isTcp = kind == Kind.TCP;
    if (port < 1
        || port > MOST_PORT
        || isTcp != path.isEmpty()
        || isTcp != (status == 0)
        || !isTcp
            && (path.length() > LONGEST_PATH
                || !PATH.matcher(path).matches()
                || status < LEAST_STATUS
                || status > MOST_STATUS)) {
      throw new IllegalArgumentException("no probe: " + kind + " " + port + path + " " + status);
    }
  }

  /** Whether a connection can be made. */
  public static Probe tcp(int port) {
    return new Probe(Kind.TCP, port, "", 0);
  }

  /**
   * Reads what {@link #toString} wrote.
   *
   * @throws IllegalArgumentException when it is none
   */
  public static Probe parse(String text) {
    Matcher parts = TEXT.matcher(text);
    if (!parts.matches()) {
      throw new IllegalArgumentException("no probe: " + text);
    }
    return new Probe(
        Kind.valueOf(parts.group(1).toUpperCase(Locale.ROOT)),
        Integer.parseInt(parts.group(2)),
        Optional.ofNullable(parts.group(3)).orElse(""),
        Optional.ofNullable(parts.group(4)).map(Integer::parseInt).orElse(0));
  }

  /** {@code tcp:22}, or {@code https:443/health 200}. */
  @Override
  public String toString() {
    String asked = kind.text() + ":" + port + path;
    return kind == Kind.TCP ? asked : asked + " " + status;
  }
}
