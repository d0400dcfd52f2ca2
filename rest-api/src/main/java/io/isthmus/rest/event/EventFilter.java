package io.isthmus.rest.event;

import io.isthmus.domain.stack.StackEvent;
import io.isthmus.domain.stack.StackStatus;
import io.isthmus.rest.problem.Arguments;
import jakarta.ws.rs.QueryParam;

/** Which events to list; what is left out does not matter. */
public class EventFilter {

  @QueryParam("resource")
  private String resource;

  @QueryParam("cloud")
  private String cloud;

  @QueryParam("status")
  private String status;

  boolean accepts(StackEvent event) {
    return (resource == null
            || event.part().filter(part -> part.resource().equals(resource)).isPresent())
        && (cloud == null
            || event.part().filter(part -> part.cloud().text().equals(cloud)).isPresent())
        && (status == null
            || event.status().equals(Arguments.parse("status", status, StackStatus::parse)));
  }
}
