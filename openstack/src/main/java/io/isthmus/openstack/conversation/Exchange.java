package io.isthmus.openstack.conversation;

import io.isthmus.domain.trace.RequestId;
import io.isthmus.openstack.http.Upload;
import java.util.Map;
import java.util.Optional;

/**
 * One request as it is sent, and sent again.
 *
 * @param call as people are told of it, such as {@code POST compute/servers}
 * @param idempotent whether doing it twice is the same as doing it once
 * @param id goes along with the request
 * @param upload what is streamed in place of the body
 */
record Exchange(
    String method,
    String url,
    String body,
    Map<String, String> headers,
    String call,
    boolean idempotent,
    RequestId id,
    Optional<Upload> upload) {

  /** One whose body, if any, is JSON. */
  Exchange(
      String method,
      String url,
      String body,
      Map<String, String> headers,
      String call,
      boolean idempotent,
      RequestId id) {
    this(method, url, body, headers, call, idempotent, id, Optional.empty());
  }

  /**
   * The type of the service that is called, as far as the call tells: {@code compute} of {@code
   * POST compute/servers}; {@code identity} where a token is asked for, and {@code discovery} for
   * documents of versions.
   */
  String service() {
    String what = call.substring(call.indexOf(' ') + 1);
    if (!what.startsWith("/")) {
      return what.contains("/") ? what.substring(0, what.indexOf('/')) : what;
    }
    return what.endsWith("/auth/tokens") ? "identity" : "discovery";
  }

  /** One without a body that may be repeated. */
  static Exchange get(String url, Map<String, String> headers, String call) {
    return new Exchange("GET", url, "", headers, call, true, RequestId.currentOrFresh());
  }
}
