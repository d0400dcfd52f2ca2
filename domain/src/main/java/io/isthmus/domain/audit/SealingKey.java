package io.isthmus.domain.audit;

import java.security.GeneralSecurityException;
import java.security.KeyFactory;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.security.PrivateKey;
import java.security.PublicKey;
import java.security.Signature;
import java.security.spec.PKCS8EncodedKeySpec;
import java.security.spec.X509EncodedKeySpec;
import java.util.Base64;

/** Signs the log's seals. */
final class SealingKey {

  private static final int ID_LENGTH = 16;

  private final PublicKey publicKey;
  private final PrivateKey privateKey;

  private SealingKey(PublicKey publicKey, PrivateKey privateKey) {
    this.publicKey = publicKey;
    this.privateKey = privateKey;
  }

  static SealingKey generate() {
    try {
      KeyPair pair = KeyPairGenerator.getInstance(Seal.ALGORITHM).generateKeyPair();
      return new SealingKey(pair.getPublic(), pair.getPrivate());
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException("every Java from 15 has Ed25519", e);
    }
  }

  /**
   * @param publicText as {@link #publicText()} tells it
   * @param privateText as {@link #privateText()} tells it
   * @throws IllegalArgumentException when they are no keys
   */
  static SealingKey of(String publicText, String privateText) {
    try {
      return new SealingKey(
          publicKey(publicText),
          KeyFactory.getInstance(Seal.ALGORITHM)
              .generatePrivate(new PKCS8EncodedKeySpec(Base64.getDecoder().decode(privateText))));
    } catch (GeneralSecurityException e) {
      // What was read is not told: it is a secret.
      throw new IllegalArgumentException("not a private key of " + Seal.ALGORITHM);
    }
  }

  /**
   * @param text Base64 of the key in X.509's form
   * @throws IllegalArgumentException when it is none
   */
  static PublicKey publicKey(String text) {
    try {
      return KeyFactory.getInstance(Seal.ALGORITHM)
          .generatePublic(new X509EncodedKeySpec(Base64.getDecoder().decode(text)));
    } catch (GeneralSecurityException e) {
      throw new IllegalArgumentException("not a public key of " + Seal.ALGORITHM + ": " + text, e);
    }
  }

  /** The first 16 hexadecimal digits of the SHA-256 over the public key. */
  static String id(PublicKey key) {
    return Hash.of(key.getEncoded()).toString().substring(0, ID_LENGTH);
  }

  String id() {
    return id(publicKey);
  }

  String publicText() {
    return Base64.getEncoder().encodeToString(publicKey.getEncoded());
  }

  String privateText() {
    return Base64.getEncoder().encodeToString(privateKey.getEncoded());
  }

  byte[] sign(byte[] text) {
    try {
      Signature signature = Signature.getInstance(Seal.ALGORITHM);
      signature.initSign(privateKey);
      signature.update(text);
      return signature.sign();
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException("cannot sign a seal", e);
    }
  }
}
