package io.isthmus.rest.keypair;

import io.isthmus.domain.keypair.KeyPair;
import io.isthmus.domain.keypair.KeyPairs;
import java.time.Instant;
import java.util.List;

/**
 * A key pair, of which the public half is known.
 *
 * @param type such as {@code ssh-ed25519}
 * @param bits size of the key
 * @param fingerprint as ssh-keygen shows it
 * @param fingerprintMd5 as Nova shows it
 * @param comment absent when there is none
 * @param publicKey as one line
 * @param stacks names of the stacks that were made with it
 */
public record KeyPairBody(
    String project,
    String name,
    String type,
    int bits,
    String fingerprint,
    String fingerprintMd5,
    String comment,
    String publicKey,
    String addedBy,
    Instant addedAt,
    List<String> stacks) {

  static KeyPairBody of(KeyPairs.Kept kept) {
    KeyPair pair = kept.pair();
    return new KeyPairBody(
        pair.project().toString(),
        pair.name(),
        pair.key().type(),
        pair.key().bits(),
        pair.key().fingerprint(),
        pair.key().md5Fingerprint(),
        pair.key().comment().isEmpty() ? null : pair.key().comment(),
        pair.key().text(),
        pair.addedBy(),
        pair.addedAt(),
        kept.stacks());
  }
}
