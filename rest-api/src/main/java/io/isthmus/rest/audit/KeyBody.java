package io.isthmus.rest.audit;

import io.isthmus.domain.audit.AuditKey;

/**
 * A key that signs seals, or has.
 *
 * @param publicKey Ed25519, X.509's form, Base64
 */
public record KeyBody(String id, String publicKey, String createdAt) {

  static KeyBody of(AuditKey key) {
    return new KeyBody(key.id(), key.publicKey(), key.createdAt().toString());
  }
}
