package io.isthmus.sandbox.http;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.javalin.http.Context;
import java.io.IOException;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.eclipse.jetty.server.Request;

/** One request to a simulated service and the answer to it. */
public final class Call {
  static final String CONTENT = "isthmus.content";

  private final Context ctx;
  private final byte[] body;
  private final String baseUrl;
  private final Token token;
  private final Map<String, List<String>> queries;

  Call(Context ctx, byte[] body, String baseUrl, Token token) {
    this.ctx = ctx;
    this.body = body;
    this.baseUrl = baseUrl;
    this.token = token;
    this.queries = parse(ctx.queryString());
  }

  /** The exchange itself, for what this class does not offer. */
  public Context http() {
    return ctx;
  }

  /** Where the service lives, without a trailing slash. */
  public String baseUrl() {
    return baseUrl;
  }

  /** Who calls; null on routes that ask for no token. */
  public Token token() {
    return token;
  }

  /** The id by which the service tells this request from others. */
  public String requestId() {
    return ctx.res().getHeader("X-Openstack-Request-Id");
  }

  public String projectId() {
    return token.projectId();
  }

  public boolean admin() {
    return token.admin();
  }

  public String param(String name) {
    return ctx.pathParam(name);
  }

  /** The query parameter's first value, or null. */
  public String query(String name) {
    List<String> values = queries.get(name);
    return values == null ? null : values.get(0);
  }

  public List<String> queries(String name) {
    return queries.getOrDefault(name, List.of());
  }

  /** All query parameters in the order given. */
  public Map<String, List<String>> queries() {
    return queries;
  }

  public String header(String name) {
    return ctx.header(name);
  }

  /** The request's JSON object; 400 when it is none. */
  public ObjectNode json() {
    try {
      JsonNode node = Json.MAPPER.readTree(body);
      if (node instanceof ObjectNode object) {
        return object;
      }
      throw Fault.badRequest("Malformed request body");
    } catch (JsonProcessingException notJson) {
      throw Fault.badRequest("Malformed request body: " + notJson.getOriginalMessage());
    } catch (java.io.IOException broken) {
      throw Fault.badRequest("Malformed request body");
    }
  }

  /** The object under the one key that OpenStack wraps a resource in; 400 when it is missing. */
  public ObjectNode json(String wrapper) {
    if (json().get(wrapper) instanceof ObjectNode object) {
      return object;
    }
    throw Fault.badRequest(
        "Invalid input for field/attribute "
            + wrapper
            + ". '"
            + wrapper
            + "' is a required property");
  }

  public void answer(int status, JsonNode node) {
    ctx.status(status).contentType("application/json").result(node.toString());
  }

  public void answer(int status) {
    ctx.status(status).result("");
  }

  public Call header(String name, String value) {
    ctx.header(name, value);
    return this;
  }

  /** What the weather does to an image's content that comes with this call; null for nothing. */
  public String contentWeather() {
    return ctx.attribute(CONTENT);
  }

  /** Ends the connection without an answer. */
  public void hangUp(String why) {
    hangUp(ctx, why);
  }

  static void hangUp(Context ctx, String why) {
    Request.getBaseRequest(ctx.req()).getHttpChannel().abort(new IOException(why));
  }

  private static Map<String, List<String>> parse(String query) {
    Map<String, List<String>> result = new LinkedHashMap<>();
    if (query == null) {
      return result;
    }
    for (String pair : query.split("&")) {
      if (!pair.isEmpty()) {
        int equals = pair.indexOf('=');
        String name = decode(equals < 0 ? pair : pair.substring(0, equals));
        String value = equals < 0 ? "" : decode(pair.substring(equals + 1));
        result.computeIfAbsent(name, n -> new ArrayList<>()).add(value);
      }
    }
    return result;
  }

  private static String decode(String text) {
    try {
      return URLDecoder.decode(text, StandardCharsets.UTF_8);
    } catch (IllegalArgumentException malformed) {
      throw Fault.badRequest("Malformed query string");
    }
  }
}
