package io.isthmus.domain.image;

import java.util.Optional;

/**
 * Digests of an image's content, lower-case hexadecimal. Glance tells {@code checksum} (MD5) and,
 * since Rocky, {@code os_hash_algo} with {@code os_hash_value}, by default SHA-512.
 */
public record ImageDigests(Optional<String> md5, Optional<String> sha256, Optional<String> sha512) {

  public static final ImageDigests NONE =
      new ImageDigests(Optional.empty(), Optional.empty(), Optional.empty());
}
