package io.isthmus.sandbox.http;

import io.javalin.http.Context;

/**
 * The version of an API that a request asks for.
 *
 * @param major and
 * @param minor as in {@code 2.79}
 */
public record Microversion(int major, int minor) implements Comparable<Microversion> {
  private static final String ATTRIBUTE = "microversion";

  public static Microversion parse(String text) {
    String[] parts = text.split("\\.");
    return new Microversion(Integer.parseInt(parts[0]), Integer.parseInt(parts[1]));
  }

  /**
   * Reads the request's version, and puts it where {@link #of} finds it and into the answer.
   *
   * @param type the service type in {@code OpenStack-API-Version}
   * @param legacy an older header that is understood too, or null
   */
  public static Fault negotiate(
      Context ctx, String type, String legacy, Microversion least, Microversion most) {
    String asked = asked(ctx, type, legacy, least);
    Microversion version;
    if (asked.equals("latest")) {
      version = most;
    } else if (asked.matches("[1-9]\\d{0,3}\\.(0|[1-9]\\d{0,3})")) {
      version = parse(asked);
    } else {
      return Fault.badRequest(
          "API Version String '"
              + asked
              + "' is of invalid format. It must be of format MajorNum.MinorNum.");
    }
    ctx.header("OpenStack-API-Version", type + " " + version);
    if (legacy != null) {
      ctx.header(legacy, version.toString());
    }
    ctx.header("Vary", "OpenStack-API-Version" + (legacy == null ? "" : ", " + legacy));
    if (version.compareTo(least) < 0 || version.compareTo(most) > 0) {
      return Fault.of(
          406,
          "",
          "Version "
              + version
              + " is not supported by the API. Minimum is "
              + least
              + " and maximum is "
              + most
              + ".");
    }
    ctx.attribute(ATTRIBUTE, version);
    return null;
  }

  private static String asked(Context ctx, String type, String legacy, Microversion least) {
    String header = ctx.header("OpenStack-API-Version");
    if (header != null) {
      for (String one : header.split(",")) {
        String[] words = one.trim().split("\\s+");
        if (words.length == 2 && words[0].equals(type)) {
          return words[1];
        }
      }
    }
    String old = legacy == null ? null : ctx.header(legacy);
    return old == null ? least.toString() : old.trim();
  }

  /** The version that was negotiated for this call. */
  public static Microversion of(Call call) {
    return call.http().attribute(ATTRIBUTE);
  }

  public boolean atLeast(int wanted) {
    return minor >= wanted;
  }

  @Override
  public int compareTo(Microversion other) {
    return major != other.major
        ? Integer.compare(major, other.major)
        : Integer.compare(minor, other.minor);
  }

  @Override
  public String toString() {
    return major + "." + minor;
  }
}
