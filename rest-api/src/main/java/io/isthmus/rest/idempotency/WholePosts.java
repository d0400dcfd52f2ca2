package io.isthmus.rest.idempotency;

import jakarta.annotation.Priority;
import jakarta.ws.rs.Priorities;
import jakarta.ws.rs.container.ContainerRequestContext;
import jakarta.ws.rs.container.ContainerRequestFilter;
import jakarta.ws.rs.ext.Provider;

/** Tells {@link IdempotentPosts}, which comes after it, of which requests the answer is whole. */
@Provider
@AnsweredWhole
@Priority(Priorities.USER - 100)
public class WholePosts implements ContainerRequestFilter {

  static final String WHOLE = WholePosts.class.getName();

  @Override
  public void filter(ContainerRequestContext request) {
    request.setProperty(WHOLE, Boolean.TRUE);
  }
}
