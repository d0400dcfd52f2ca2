package io.isthmus.domain.template.type;

import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * A version of TLS as Octavia names it, the oldest first.
 *
 * @see "octavia-lib octavia_lib/common/constants.py TLS_ALL_VERSIONS"
 */
public enum TlsVersion {
  SSL_3("SSLv3"),
  TLS_1("TLSv1"),
  TLS_1_1("TLSv1.1"),
  TLS_1_2("TLSv1.2"),
  TLS_1_3("TLSv1.3");

  private final String octaviaName;

  TlsVersion(String octaviaName) {
    this.octaviaName = octaviaName;
  }

  /** Such as {@code TLSv1.2}. */
  public String octaviaName() {
    return octaviaName;
  }

  static Stream<String> names() {
    return Arrays.stream(values()).map(TlsVersion::octaviaName);
  }

  /** The version of an Octavia's name; empty for a name that is none. */
  public static Optional<TlsVersion> find(String octaviaName) {
    return Arrays.stream(values()).filter(one -> one.octaviaName.equals(octaviaName)).findFirst();
  }

  /** This one and all that are newer, the oldest first. */
  public List<TlsVersion> andNewer() {
    return Arrays.stream(values()).filter(one -> one.compareTo(this) >= 0).toList();
  }
}
