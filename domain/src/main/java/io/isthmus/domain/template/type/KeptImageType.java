package io.isthmus.domain.template.type;

import static io.isthmus.domain.template.type.Property.integer;
import static io.isthmus.domain.template.type.Property.text;

import io.isthmus.domain.template.Footing;
import io.isthmus.domain.template.ResourceType;

/**
 * A copy of an image that the project keeps. No template can write it: it is there because a server
 * or volume names the image, so it is not among {@link ResourceTypes}.
 */
public final class KeptImageType extends SchemaType {

  /** Heat's name of what it is; Heat's own of that name takes a URL and is not performed here. */
  public static final String NAME = "OS::Glance::Image";

  public static final ResourceType TYPE = new KeptImageType();

  private KeptImageType() {
    super(NAME, Footing.STRETCHED, "image");
    properties(
        text("name", "Name under which the project keeps it.").required(),
        text("id", "The image's id in the federation.").required(),
        integer("size", "Bytes of its content.").required(),
        text("sha512", "Digest of its content.").required());
  }
}
