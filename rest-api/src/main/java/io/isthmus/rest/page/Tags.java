package io.isthmus.rest.page;

import io.isthmus.rest.json.JsonNames;
import jakarta.json.bind.Jsonb;
import jakarta.ws.rs.HttpMethod;
import jakarta.ws.rs.container.ContainerRequestContext;
import jakarta.ws.rs.container.ContainerResponseContext;
import jakarta.ws.rs.container.ContainerResponseFilter;
import jakarta.ws.rs.core.EntityTag;
import jakarta.ws.rs.core.HttpHeaders;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Response.Status;
import jakarta.ws.rs.ext.Provider;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.Optional;

/**
 * Gives every JSON answer to a GET an ETag by its content, and answers 304 to a client that has it
 * already. What has a version has it before the content, as in {@code
 * "7-9f86d081884c7d659a2feaa0"}: the version says what a change is a change of ({@code If-Match}),
 * but not all that is shown changes it, such as a cloud's health.
 */
@Provider
public class Tags implements ContainerResponseFilter {

  private static final Jsonb JSONB = JsonNames.create();
  private static final int TAG_BYTES = 12;

  @Override
  public void filter(ContainerRequestContext request, ContainerResponseContext response) {
    if (!request.getMethod().equals(HttpMethod.GET)
        || response.getStatus() != Status.OK.getStatusCode()
        || !response.hasEntity()
        || !MediaType.APPLICATION_JSON_TYPE.isCompatible(response.getMediaType())) {
      return;
    }
    String json = JSONB.toJson(response.getEntity());
    String tag = tag(Optional.ofNullable(response.getEntityTag()).map(EntityTag::getValue), json);
    response.setEntity(json);
    response.getHeaders().putSingle(HttpHeaders.ETAG, new EntityTag(tag));
    response.getHeaders().putSingle(HttpHeaders.CACHE_CONTROL, "private, no-cache");
    response.getHeaders().add(HttpHeaders.VARY, "Accept-Language, Authorization");
    if (isKnown(tag, request.getHeaderString(HttpHeaders.IF_NONE_MATCH))) {
      response.setStatusInfo(Status.NOT_MODIFIED);
      response.setEntity(null);
    }
  }

  static String tag(Optional<String> version, String content) {
    String digest = digest(content);
    return version.map(text -> text + "-" + digest).orElse(digest);
  }

  static boolean isKnown(String tag, String ifNoneMatch) {
    return ifNoneMatch != null
        && Arrays.stream(ifNoneMatch.split(","))
            .map(String::strip)
            .map(text -> text.startsWith("W/") ? text.substring(2) : text)
            .anyMatch(text -> text.equals("*") || text.equals('"' + tag + '"'));
  }

  /** The tag of what has no version of its own, by its content. */
  public static EntityTag of(Object content) {
    return new EntityTag(digest(JSONB.toJson(content)));
  }

  /**
   * Whether the tag is among those that {@code If-Match} or {@code If-None-Match} names.
   *
   * @param header null when it was not sent
   */
  public static boolean matches(EntityTag tag, String header) {
    return isKnown(tag.getValue(), header);
  }

  private static String digest(String text) {
    try {
      byte[] digest =
          MessageDigest.getInstance("SHA-256").digest(text.getBytes(StandardCharsets.UTF_8));
      return HexFormat.of().formatHex(digest, 0, TAG_BYTES);
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("every Java has SHA-256", e);
    }
  }
}
