package io.isthmus.domain.audit;

import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.PublicKey;
import java.security.Signature;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/**
 * Closes a segment of the log: signs the Merkle tree over all that was written up to its end, and
 * names the seal before it. Whoever has kept a seal can be shown that everything up to it is still
 * there (a consistency proof), and that a record is among it (an inclusion proof).
 *
 * @param number counted from 1
 * @param first position of its first record, counted from 0
 * @param size of the tree: the position after its last record
 * @param kept position from which on texts are kept: those before it the rule of retention takes
 * @param root of the tree over all records from the very first
 * @param previous hash of the seal before it; of nothing for the first
 * @param at to the microsecond
 * @param key names the key that signed
 * @param signature Ed25519 over {@link #text()} (RFC 8032)
 * @param leaves hashes of its own records: the root vouches for them, and they tell which record it
 *     is that was changed
 */
public record Seal(
    long number,
    long first,
    long size,
    long kept,
    Hash root,
    Hash previous,
    Instant at,
    String key,
    byte[] signature,
    List<Hash> leaves) {

  static final String ALGORITHM = "Ed25519";

  /** Before the first seal. */
  static final Hash NONE = MerkleTree.EMPTY;

  public Seal {
    signature = signature.clone();
    leaves = List.copyOf(leaves);
    if (size - first != leaves.size() || leaves.isEmpty()) {
      throw new IllegalArgumentException(
          "a seal over %d to %d with %d leaves".formatted(first, size, leaves.size()));
    }
  }

  /**
   * The seal after another.
   *
   * @param before empty for the first
   * @param tree over all records, those of this segment included
   * @param kept position from which on texts are kept
   */
  static Seal after(
      Optional<Seal> before,
      List<Hash> leaves,
      CompactRange tree,
      long kept,
      Instant at,
      SealingKey key) {
    Seal unsigned =
        new Seal(
            before.map(Seal::number).orElse(0L) + 1,
            tree.size() - leaves.size(),
            tree.size(),
            kept,
            tree.root(),
            before.map(Seal::hash).orElse(NONE),
            at,
            key.id(),
            new byte[0],
            leaves);
    return new Seal(
        unsigned.number,
        unsigned.first,
        unsigned.size,
        unsigned.kept,
        unsigned.root,
        unsigned.previous,
        unsigned.at,
        unsigned.key,
        key.sign(unsigned.bytes()),
        leaves);
  }

  @Override
  public byte[] signature() {
    return signature.clone();
  }

  /** What is signed: a line for each part, so that people can read it. */
  public String text() {
    return """
        isthmus audit seal 1
        number %d
        first %d
        size %d
        kept %d
        root %s
        previous %s
        at %s
        key %s
        """
        .formatted(number, first, size, kept, root, previous, at, key);
  }

  private byte[] bytes() {
    return text().getBytes(StandardCharsets.US_ASCII);
  }

  /** By which the next seal names this one. */
  public Hash hash() {
    return Hash.of(bytes());
  }

  /** Whether this key has signed it. */
  boolean isSignedBy(PublicKey publicKey) {
    try {
      Signature check = Signature.getInstance(ALGORITHM);
      check.initVerify(publicKey);
      check.update(bytes());
      return check.verify(signature);
    } catch (GeneralSecurityException e) {
      return false;
    }
  }
}
