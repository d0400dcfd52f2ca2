package io.isthmus.domain.stack;

import io.isthmus.domain.placement.Resolution;
import io.isthmus.domain.template.HiddenValues;
import jakarta.json.JsonObject;
import java.util.List;

/**
 * All that is known of one physical resource. It can be large, so lists hold {@link PartView}s.
 *
 * @param attributes Heat's attributes at the last look
 * @param resolutions what properties became in this place, and why
 */
public record PartDetail(PartView view, JsonObject attributes, List<Resolution> resolutions) {

  public PartDetail {
    resolutions = List.copyOf(resolutions);
  }

  /** The same for people: what was made of hidden parameters shows in attributes, as a name. */
  PartDetail without(HiddenValues hidden) {
    return new PartDetail(view, hidden.mask(attributes), resolutions);
  }
}
