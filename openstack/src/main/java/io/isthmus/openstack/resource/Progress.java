package io.isthmus.openstack.resource;

import jakarta.json.JsonObject;

/**
 * How far an update is.
 *
 * @param there what is there now
 * @param ready whether nothing is left to ask for or to wait for
 */
public record Progress(JsonObject there, boolean ready) {

  public static Progress done(JsonObject there) {
    return new Progress(there, true);
  }

  /** The cloud works on it, or a further step is left. */
  public static Progress going(JsonObject there) {
    return new Progress(there, false);
  }
}
