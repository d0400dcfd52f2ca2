package io.isthmus.openstack.scripted;

import com.sun.net.httpserver.HttpExchange;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;

/** How a scripted cloud answers one request. */
@FunctionalInterface
public interface Reply {
  void to(HttpExchange exchange, ScriptedCloud.Request request) throws IOException;

  /**
   * A JSON body.
   *
   * @param json with single quotes for double ones
   * @param headers name, value, name, value, …
   */
  static Reply json(int status, String json, String... headers) {
    return text(status, "application/json", json.replace('\'', '"'), headers);
  }

  /** Any body. */
  static Reply text(int status, String type, String body, String... headers) {
    return (exchange, request) -> {
      exchange.getResponseHeaders().set("Content-Type", type);
      for (int i = 0; i < headers.length; i += 2) {
        exchange.getResponseHeaders().set(headers[i], headers[i + 1]);
      }
      byte[] bytes = body.getBytes(StandardCharsets.UTF_8);
      exchange.sendResponseHeaders(status, bytes.length == 0 ? -1 : bytes.length);
      exchange.getResponseBody().write(bytes);
      exchange.close();
    };
  }

  /** No headers until the gate opens. */
  static Reply after(CountDownLatch gate, Reply reply) {
    return (exchange, request) -> {
      await(gate);
      reply.to(exchange, request);
    };
  }

  /** Headers and the beginning of a body, and then nothing until the gate opens. */
  static Reply stalled(CountDownLatch gate) {
    return (exchange, request) -> {
      exchange.sendResponseHeaders(200, 1000);
      exchange.getResponseBody().write("{\"servers\": [".getBytes(StandardCharsets.UTF_8));
      exchange.getResponseBody().flush();
      await(gate);
      exchange.close();
    };
  }

  /** A body that never stops for long and never ends before the gate opens. */
  static Reply trickle(CountDownLatch gate) {
    return (exchange, request) -> {
      exchange.sendResponseHeaders(200, 0);
      try {
        while (!gate.await(20, TimeUnit.MILLISECONDS)) {
          exchange.getResponseBody().write(' ');
          exchange.getResponseBody().flush();
        }
      } catch (InterruptedException e) {
        Thread.currentThread().interrupt();
      }
      exchange.close();
    };
  }

  /** The connection ends without an answer. */
  static Reply hangUp() {
    return (exchange, request) -> exchange.close();
  }

  private static void await(CountDownLatch gate) {
    try {
      gate.await();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }
}
