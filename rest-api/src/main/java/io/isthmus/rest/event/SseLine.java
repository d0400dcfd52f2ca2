package io.isthmus.rest.event;

import io.isthmus.domain.json.Json;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.sse.OutboundSseEvent;
import jakarta.ws.rs.sse.Sse;
import jakarta.ws.rs.sse.SseEventSink;

/** A line to a client by server-sent events. */
final class SseLine implements Line {

  /** After which a client that lost the connection comes back, in milliseconds. */
  private static final long RECONNECT_MILLIS = 2_000;

  private final Sse sse;
  private final SseEventSink sink;

  SseLine(Sse sse, SseEventSink sink) {
    this.sse = sse;
    this.sink = sink;
  }

  @Override
  public boolean isClosed() {
    return sink.isClosed();
  }

  @Override
  public void event(Feed.Entry entry) {
    send(
        sse.newEventBuilder()
            .id(Long.toString(entry.id()))
            .reconnectDelay(RECONNECT_MILLIS)
            .mediaType(MediaType.TEXT_PLAIN_TYPE)
            .data(String.class, entry.data())
            .build());
  }

  @Override
  public void keepAlive() {
    send(sse.newEventBuilder().comment("still here").build());
  }

  @Override
  public void end(String reason) {
    send(
        sse.newEventBuilder()
            .name("end")
            .mediaType(MediaType.TEXT_PLAIN_TYPE)
            .data(String.class, Json.createObjectBuilder().add("code", reason).build().toString())
            .build());
    sink.close();
  }

  private void send(OutboundSseEvent event) {
    if (sink.isClosed()) {
      return;
    }
    try {
      if (sink.send(event).toCompletableFuture().isCompletedExceptionally()) {
        sink.close();
      }
    } catch (IllegalStateException goneMeanwhile) {
      sink.close();
    }
  }
}
