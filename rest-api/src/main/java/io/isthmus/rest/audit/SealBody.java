package io.isthmus.rest.audit;

import io.isthmus.domain.audit.Seal;
import java.util.Base64;

/**
 * A seal: signs the Merkle tree over all records before position {@code size}.
 *
 * @param signed the text that is signed
 * @param signature Ed25519, Base64
 */
public record SealBody(
    long number,
    long first,
    long size,
    long kept,
    String root,
    String previous,
    String at,
    String key,
    String signed,
    String signature) {

  static SealBody of(Seal seal) {
    return new SealBody(
        seal.number(),
        seal.first(),
        seal.size(),
        seal.kept(),
        seal.root().toString(),
        seal.previous().toString(),
        seal.at().toString(),
        seal.key(),
        seal.text(),
        Base64.getEncoder().encodeToString(seal.signature()));
  }
}
