package io.isthmus.rest.cloud;

import io.isthmus.rest.problem.Arguments;
import jakarta.ws.rs.QueryParam;
import java.util.Locale;

/** Which clouds to list; what is left out does not matter. */
public class CloudFilter {

  @QueryParam("name")
  private String name;

  @QueryParam("state")
  private String state;

  @QueryParam("enabled")
  private String enabled;

  @QueryParam("accessible")
  private String accessible;

  boolean accepts(CloudBody cloud) {
    return (name == null || contains(cloud.id(), name) || contains(cloud.name(), name))
        && (state == null || cloud.health().state().equals(state))
        && (enabled == null
            || cloud.enabled() == Arguments.parse("enabled", enabled, Arguments::truth))
        && (accessible == null
            || Arguments.parse("accessible", accessible, Arguments::truth)
                .equals(cloud.accessible()));
  }

  private static boolean contains(String text, String part) {
    return text.toLowerCase(Locale.ROOT).contains(part.toLowerCase(Locale.ROOT));
  }
}
