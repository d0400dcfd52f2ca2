package io.isthmus.rest.stack;

import io.isthmus.domain.stack.PartDetail;
import io.isthmus.domain.stack.PartView;
import io.isthmus.domain.stack.StackStatus;
import io.isthmus.rest.problem.Arguments;
import jakarta.ws.rs.QueryParam;

/** Which physical resources of a stack to list; what is left out does not matter. */
public class ResourceFilter {

  @QueryParam("resource")
  private String resource;

  @QueryParam("type")
  private String type;

  @QueryParam("cloud")
  private String cloud;

  @QueryParam("region")
  private String region;

  @QueryParam("status")
  private String status;

  boolean accepts(PartDetail detail) {
    PartView part = detail.view();
    return (resource == null || part.id().resource().equals(resource))
        && (type == null || part.type().equals(type))
        && (cloud == null || part.id().cloud().text().equals(cloud))
        && (region == null || part.id().region().equals(region))
        && (status == null
            || part.status().equals(Arguments.parse("status", status, StackStatus::parse)));
  }
}
