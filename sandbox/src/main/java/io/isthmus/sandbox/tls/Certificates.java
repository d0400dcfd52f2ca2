package io.isthmus.sandbox.tls;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.regex.Pattern;

/**
 * The sandbox's own certification authority, and two certificates by it for all clouds: one that
 * holds and one whose time is over. Made by the JDK's keytool and kept, so that who trusts the
 * authority trusts it after a restart, too.
 */
public final class Certificates {
  /** Aliases in the key store. */
  public static final String VALID = "valid";

  public static final String EXPIRED = "expired";

  private static final String AUTHORITY = "authority";

  /** The store guards nothing: its keys are for simulated clouds on this machine. */
  private static final String PASSWORD = "sandbox-only";

  private static final Pattern ADDRESS = Pattern.compile("[0-9.]+|.*:.*");

  private final Path store;
  private final Path authority;

  private Certificates(Path store, Path authority) {
    this.store = store;
    this.authority = authority;
  }

  /**
   * Those that were made in the folder before for the same host, else new ones.
   *
   * @param host name or address by which the clouds are reached
   */
  public static Certificates in(Path folder, String host) throws IOException {
    Files.createDirectories(folder);
    String name = host.replaceAll("[^A-Za-z0-9.-]", "_");
    Certificates certificates =
        new Certificates(folder.resolve(name + ".p12"), folder.resolve("authority.pem"));
    if (!Files.exists(certificates.store)) {
      certificates.make(host);
    }
    return certificates;
  }

  private void make(String host) throws IOException {
    Path draft = Files.createTempDirectory(store.getParent(), ".making").resolve("store.p12");
    String alternatives =
        "SAN=" + (ADDRESS.matcher(host).matches() ? "ip:" : "dns:") + host + ",dns:localhost";
    generate(draft, AUTHORITY, "-dname", "CN=Isthmus sandbox", "-ext", "bc:c", "-validity", "3650");
    generate(
        draft,
        VALID,
        "-dname",
        "CN=" + host,
        "-ext",
        alternatives,
        "-signer",
        AUTHORITY,
        "-startdate",
        "-1d",
        "-validity",
        "3600");
    generate(
        draft,
        EXPIRED,
        "-dname",
        "CN=" + host,
        "-ext",
        alternatives,
        "-signer",
        AUTHORITY,
        "-startdate",
        "-40d",
        "-validity",
        "30");
    Files.writeString(authority, authorityOf(draft));
    Files.move(draft, store);
    Files.delete(draft.getParent());
  }

  private static void generate(Path store, String alias, String... options) throws IOException {
    List<String> command =
        new ArrayList<>(
            List.of(
                Path.of(System.getProperty("java.home"), "bin", "keytool").toString(),
                "-genkeypair",
                "-alias",
                alias,
                "-keyalg",
                "EC",
                "-storetype",
                "PKCS12",
                "-keystore",
                store.toString(),
                "-storepass",
                PASSWORD));
    command.addAll(List.of(options));
    Process keytool = new ProcessBuilder(command).redirectErrorStream(true).start();
    try {
      String said =
          new String(keytool.getInputStream().readAllBytes(), StandardCharsets.UTF_8).strip();
      if (keytool.waitFor() != 0) {
        throw new IOException("keytool made no certificate: " + said);
      }
    } catch (InterruptedException interrupted) {
      keytool.destroy();
      Thread.currentThread().interrupt();
      throw new IOException("interrupted while keytool made a certificate", interrupted);
    }
  }

  private static String authorityOf(Path store) throws IOException {
    try {
      byte[] der =
          KeyStore.getInstance(store.toFile(), PASSWORD.toCharArray())
              .getCertificate(AUTHORITY)
              .getEncoded();
      return "-----BEGIN CERTIFICATE-----\n"
          + Base64.getMimeEncoder(64, new byte[] {'\n'}).encodeToString(der)
          + "\n-----END CERTIFICATE-----\n";
    } catch (GeneralSecurityException unreadable) {
      throw new IOException("keytool's store cannot be read", unreadable);
    }
  }

  /** The key store with both certificates. */
  public Path store() {
    return store;
  }

  public String password() {
    return PASSWORD;
  }

  /** The authority's certificate, a PEM file, for {@code cacert} in a clouds.yaml. */
  public Path authority() {
    return authority;
  }
}
