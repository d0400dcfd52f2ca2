package io.isthmus.openstack.image;

import java.io.IOException;
import java.io.InputStream;
import java.io.InterruptedIOException;
import java.net.SocketTimeoutException;
import java.net.http.HttpResponse.BodySubscriber;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.Flow;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;

/**
 * A body as it comes, of which little is held. No read is bound to the connection: it ends by
 * itself when nothing came for a while, at once when its thread is interrupted, and at once when it
 * is closed, which anybody may do. Closing it ends the connection, rather than to read what is
 * left.
 */
final class TimedBody extends InputStream implements BodySubscriber<InputStream> {

  /** By its identity; the client gives no empty lists. */
  private static final List<ByteBuffer> END = new ArrayList<>();

  private final Duration silence;
  private final BlockingQueue<List<ByteBuffer>> came = new LinkedBlockingQueue<>();
  private final Deque<ByteBuffer> here = new ArrayDeque<>();
  private volatile Flow.Subscription subscription;
  private volatile Throwable failure;
  private volatile boolean closed;
  private boolean ended;

  /**
   * @param silence how long a read waits for a byte
   */
  TimedBody(Duration silence) {
    this.silence = silence;
  }

  @Override
  public CompletionStage<InputStream> getBody() {
    return CompletableFuture.completedFuture(this);
  }

  @Override
  public void onSubscribe(Flow.Subscription given) {
    subscription = given;
    if (closed) {
      given.cancel();
    } else {
      given.request(1);
    }
  }

  @Override
  public void onNext(List<ByteBuffer> bytes) {
    came.add(bytes);
  }

  @Override
  public void onError(Throwable why) {
    failure = why;
    came.add(END);
  }

  @Override
  public void onComplete() {
    came.add(END);
  }

  @Override
  public int read() throws IOException {
    byte[] one = new byte[1];
    return read(one, 0, 1) < 0 ? -1 : one[0] & 0xff;
  }

  @Override
  public int read(byte[] buffer, int at, int length) throws IOException {
    if (length == 0) {
      return 0;
    }
    while (true) {
      if (closed) {
        throw new IOException("closed while it was read");
      }
      ByteBuffer first = here.peek();
      if (first != null && first.hasRemaining()) {
        int count = Math.min(length, first.remaining());
        first.get(buffer, at, count);
        return count;
      }
      if (first != null) {
        here.remove();
      } else if (!ended) {
        await();
      } else if (failure != null) {
        throw new IOException(failure.getMessage(), failure);
      } else {
        return -1;
      }
    }
  }

  private void await() throws IOException {
    List<ByteBuffer> next;
    try {
      next = came.poll(silence.toNanos(), TimeUnit.NANOSECONDS);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new InterruptedIOException("stopped while it was read");
    }
    if (next == null) {
      throw new SocketTimeoutException("nothing came for " + silence.toSeconds() + " s");
    }
    if (next == END) {
      ended = true;
    } else {
      here.addAll(next);
      subscription.request(1);
    }
  }

  @Override
  public void close() {
    closed = true;
    Flow.Subscription given = subscription;
    if (given != null) {
      given.cancel();
    }
    came.add(END);
  }
}
