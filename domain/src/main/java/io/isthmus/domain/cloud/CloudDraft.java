package io.isthmus.domain.cloud;

/**
 * An entry of a {@code clouds.yaml}, understood but not yet registered.
 *
 * @param entry its name in the file
 * @param name what people call the cloud
 * @param facts what the entry tells; unknown where it does not
 * @param connection where and as whom to sign in, for which project
 */
public record CloudDraft(String entry, String name, CloudFacts facts, CloudConnection connection) {

  public CloudId cloud() {
    return connection.cloud();
  }
}
