package io.isthmus.domain.image;

import io.isthmus.domain.audit.AuditSubject;
import io.isthmus.domain.fault.FederationFault;
import java.util.UUID;

/** Identifies an image that a project keeps. */
public record ImageId(UUID value) implements AuditSubject {

  /**
   * @throws FederationFault NOT_FOUND when it is no id at all
   */
  public static ImageId parse(String text) {
    try {
      return new ImageId(UUID.fromString(text));
    } catch (IllegalArgumentException e) {
      throw FederationFault.notFound("image", text);
    }
  }

  @Override
  public String auditId() {
    return toString();
  }

  @Override
  public String toString() {
    return value.toString();
  }
}
