package io.isthmus.domain.cloud.entry;

import io.isthmus.domain.language.Phrase;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.cert.CertificateException;
import java.security.cert.CertificateFactory;
import java.util.Optional;

/**
 * Reads the authorities that an entry trusts: PEM in the entry itself, or in a file beside it. A
 * text that was pasted may name no file of the server.
 */
final class CertificateReader {

  private static final long MAX_BYTES = 1 << 20;

  private final Optional<Path> folder;

  /**
   * @param folder that paths start from; empty when no file may be read
   */
  CertificateReader(Optional<Path> folder) {
    this.folder = folder;
  }

  Optional<String> read(Fields entry) {
    return entry
        .text("cacert")
        .flatMap(text -> text.contains("-----BEGIN ") ? Optional.of(text) : file(entry, text))
        .filter(pem -> isCertificates(entry, pem));
  }

  private Optional<String> file(Fields entry, String path) {
    if (folder.isEmpty()) {
      entry.refuse(
          "cacert",
          Phrase.of("cloud.cacert-path", entry.path("cacert"), path),
          Phrase.of("cloud.cacert-path-remedy"));
      return Optional.empty();
    }
    Path file = folder.get().resolve(path);
    try {
      if (Files.size(file) <= MAX_BYTES) {
        return Optional.of(Files.readString(file, StandardCharsets.ISO_8859_1));
      }
    } catch (IOException e) {
      // Told below, like a file that is too large to be one of certificates.
    }
    entry.refuse(
        "cacert",
        Phrase.of("cloud.cacert-unreadable", entry.path("cacert"), file),
        Phrase.of("cloud.cacert-unreadable-remedy"));
    return Optional.empty();
  }

  private static boolean isCertificates(Fields entry, String pem) {
    try {
      boolean some =
          !CertificateFactory.getInstance("X.509")
              .generateCertificates(
                  new ByteArrayInputStream(pem.getBytes(StandardCharsets.ISO_8859_1)))
              .isEmpty();
      if (some) {
        return true;
      }
    } catch (CertificateException e) {
      // Told below, like an empty one.
    }
    entry.refuse(
        "cacert",
        Phrase.of("cloud.cacert-form", entry.path("cacert")),
        Phrase.of("cloud.cacert-path-remedy"));
    return false;
  }
}
