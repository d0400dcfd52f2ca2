package io.isthmus.domain.keypair;

/** Public keys that ssh-keygen made; nobody has kept the private ones. */
public final class Keys {

  public static final String RSA =
      "ssh-rsa AAAAB3NzaC1yc2EAAAADAQABAAABAQCOUbbl4Y7IjchtDjIpB3k/hbKY24cbrSYDxlxi+WWG"
          + "KMFJqChDUBoHaeKNAohQnEj2lQSVU4Xk/p9q1fMF/E/PVcnLmI3k3SbxwccAl8NSeqmF6XBTf0wL3vOV"
          + "FBHOmti1J5bsIUwM7TPdqtyY1RjpDL0z6mIM0+BiZ3My8FaQOEGbjlcHi1qro1zMGcxg6/eZvcQYRqWh"
          + "2sQwDNVkm69LU1dHxJZvG47agvxJSh/Dj5SLK54wKbq18SwCQy08va8KECZmRdSqXtvYKWK4NTAG3Tso"
          + "LrldyLEgiTE4uEyZJP48naw/nnjUJ5yfZygL9GOvpeR83xJ5Gylghq85RP2D alice@laptop";
  public static final String ED25519 =
      "ssh-ed25519 AAAAC3NzaC1lZDI1NTE5AAAAIG37zo8Bq2SBxnekD9u9fwxLYDWsXS76oAoCX7j/6AZ5"
          + " alice@laptop";
  public static final String P256 =
      "ecdsa-sha2-nistp256 AAAAE2VjZHNhLXNoYTItbmlzdHAyNTYAAAAIbmlzdHAyNTYAAABBBDz+00aS"
          + "2mlgpFx4FULZd7VmR/2NhZPsu9YLm1+x33x8zvlJPZL6zZeExsM9QMJVnSKaZfVW81E6+PfD9KV8nEk="
          + " alice@laptop";
  public static final String P384 =
      "ecdsa-sha2-nistp384 AAAAE2VjZHNhLXNoYTItbmlzdHAzODQAAAAIbmlzdHAzODQAAABhBBbBZ8m1"
          + "0Z9nRuX+RQvmNiN4ILljDgOjxYHb+Jb7s2+0etV4tolHF5dC47GCzPWkviQUgXx9lcrU8M+a6ApiWRMd"
          + "xtXsQwo/RhyI0WUMn6p8/aANTQbZ3hdFW4Em1CF2EA== alice@laptop";
  public static final String P521 =
      "ecdsa-sha2-nistp521 AAAAE2VjZHNhLXNoYTItbmlzdHA1MjEAAAAIbmlzdHA1MjEAAACFBAH9cq5a"
          + "kxWK/vJULRmgW2xjFRxcYPbE07MmjLuOeb1GJ89Q9s4mFwzWtIOomnDmmR+UqYtPiRSFIeHRMrun+tHH"
          + "3QDN9IclYURrIP/bGgM5kkvHlbqjVA2JwXFTRJI01EnFwV66wO3w/6kKEIL/92arNpoPwqNyfau7zfnN"
          + "lcNX+TxZZw== alice@laptop";

  private Keys() {}
}
