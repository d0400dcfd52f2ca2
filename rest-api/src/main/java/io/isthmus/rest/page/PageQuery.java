package io.isthmus.rest.page;

import io.isthmus.domain.fault.FederationFault;
import io.isthmus.domain.language.Phrase;
import io.isthmus.rest.problem.Arguments;
import jakarta.ws.rs.DefaultValue;
import jakarta.ws.rs.QueryParam;
import jakarta.ws.rs.core.Context;
import jakarta.ws.rs.core.Link;
import jakarta.ws.rs.core.Response;
import jakarta.ws.rs.core.UriInfo;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;

/**
 * Which page of a list is asked for, and how it is answered: an array, and a {@code Link} to the
 * next page while there is one.
 *
 * @see "RFC 8288, Web Linking"
 */
public class PageQuery {

  /** Most items of one page. */
  public static final int MOST = 500;

  @QueryParam("cursor")
  private String cursor;

  @QueryParam("limit")
  @DefaultValue("100")
  private String limit;

  @Context private UriInfo uri;

  /** For JAX-RS. */
  public PageQuery() {}

  PageQuery(String cursor, int limit, UriInfo uri) {
    this.cursor = cursor;
    this.limit = Integer.toString(limit);
    this.uri = uri;
  }

  /** The cursor as it was given. */
  public Optional<String> cursor() {
    return Optional.ofNullable(cursor);
  }

  /**
   * Items of the page.
   *
   * @throws FederationFault REQUEST_INVALID
   */
  public int limit() {
    int size = Arguments.parse("limit", limit, Integer::parseInt);
    if (size < 1 || size > MOST) {
      throw FederationFault.invalid("limit", Phrase.of("fault.page-limit", size, MOST));
    }
    return size;
  }

  /**
   * Answers a page of a list that is at hand.
   *
   * @param key names an item and gives the order
   * @param view what is shown of an item
   * @throws FederationFault REQUEST_INVALID
   */
  public <T> Response page(List<T> all, Function<T, String> key, Function<T, ?> view) {
    int size = limit();
    Optional<String> after = cursor().map(PageQuery::decoded);
    List<T> rest =
        all.stream()
            .sorted(Comparator.comparing(key))
            .filter(item -> after.map(last -> key.apply(item).compareTo(last) > 0).orElse(true))
            .limit(size + 1L)
            .toList();
    List<T> shown = rest.subList(0, Math.min(size, rest.size()));
    Optional<String> next =
        rest.size() > size
            ? Optional.of(encoded(key.apply(shown.get(size - 1))))
            : Optional.empty();
    return answer(shown.stream().map(view).toList(), "cursor", next);
  }

  /**
   * Answers a page that was found already.
   *
   * @param parameter of the query that says where to go on
   * @param next its value for the next page; empty on the last
   */
  public Response answer(Object body, String parameter, Optional<String> next) {
    Response.ResponseBuilder answer = Response.ok(body);
    next.ifPresent(
        value ->
            answer.links(
                Link.fromUri(uri.getRequestUriBuilder().replaceQueryParam(parameter, value).build())
                    .rel("next")
                    .build()));
    return answer.build();
  }

  private static String encoded(String key) {
    return Base64.getUrlEncoder()
        .withoutPadding()
        .encodeToString(key.getBytes(StandardCharsets.UTF_8));
  }

  private static String decoded(String cursor) {
    try {
      return StandardCharsets.UTF_8
          .newDecoder()
          .decode(ByteBuffer.wrap(Base64.getUrlDecoder().decode(cursor)))
          .toString();
    } catch (IllegalArgumentException | CharacterCodingException e) {
      throw FederationFault.invalid("cursor", Phrase.of("fault.page-cursor"));
    }
  }
}
