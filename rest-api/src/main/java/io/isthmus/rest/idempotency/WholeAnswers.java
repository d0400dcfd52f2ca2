package io.isthmus.rest.idempotency;

import io.isthmus.domain.idempotency.RememberedAnswer;
import io.isthmus.domain.idempotency.RememberedRequests;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.MultivaluedHashMap;
import jakarta.ws.rs.core.Response;
import jakarta.ws.rs.ext.MessageBodyWriter;
import jakarta.ws.rs.ext.Providers;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.lang.annotation.Annotation;
import java.util.Optional;
import java.util.UUID;
import java.util.function.Supplier;

/**
 * Serves a POST in one transaction with its answer, if it has an {@code Idempotency-Key}: a server
 * that dies then leaves both or neither, and who asks again is answered the same.
 */
@ApplicationScoped
public class WholeAnswers {

  private static final Annotation[] NONE = {};

  private RememberedRequests requests;
  private ServedRequest served;

  @Inject
  WholeAnswers(RememberedRequests requests, ServedRequest served) {
    this.requests = requests;
    this.served = served;
  }

  /** For the container's proxies. */
  protected WholeAnswers() {}

  /**
   * @param providers of the request, by which its answer is written
   * @param work answers with an entity; calls nothing remote. Its method is {@link AnsweredWhole}
   * @return what is answered
   */
  public Response of(Providers providers, Supplier<Response> work) {
    Optional<UUID> attempt = served.wholeAttempt();
    if (attempt.isEmpty()) {
      return work.get();
    }
    Response answer =
        requests.serve(
            attempt.get(),
            () -> {
              Response written = written(providers, work.get());
              return new RememberedRequests.Served<>(
                  written,
                  new RememberedAnswer(
                      written.getStatus(),
                      IdempotentPosts.kept(written.getHeaders()),
                      (byte[]) written.getEntity()),
                  IdempotentPosts.isSecret(written.getHeaders()));
            });
    served.keep();
    return answer;
  }

  /** The same with its body as it is sent. */
  private static Response written(Providers providers, Response answer) {
    ByteArrayOutputStream body = new ByteArrayOutputStream();
    write(providers, answer.getEntity(), body);
    return Response.fromResponse(answer)
        .entity(body.toByteArray())
        .type(MediaType.APPLICATION_JSON_TYPE)
        .build();
  }

  private static <T> void write(Providers providers, T entity, ByteArrayOutputStream into) {
    @SuppressWarnings("unchecked")
    Class<T> type = (Class<T>) entity.getClass();
    MessageBodyWriter<T> writer =
        providers.getMessageBodyWriter(type, type, NONE, MediaType.APPLICATION_JSON_TYPE);
    try {
      writer.writeTo(
          entity,
          type,
          type,
          NONE,
          MediaType.APPLICATION_JSON_TYPE,
          new MultivaluedHashMap<>(),
          into);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
