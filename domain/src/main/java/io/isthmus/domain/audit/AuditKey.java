package io.isthmus.domain.audit;

import java.time.Instant;

/**
 * A key whose signatures seals carry.
 *
 * @param id by which seals name it: the first 16 hexadecimal digits of its SHA-256
 * @param publicKey Ed25519, X.509's form, Base64
 */
public record AuditKey(String id, String publicKey, Instant createdAt) {}
