package io.isthmus.sandbox.guest;

import com.fasterxml.jackson.databind.node.ArrayNode;
import io.isthmus.sandbox.cloud.Cloud;
import io.isthmus.sandbox.http.Json;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.nio.ByteBuffer;
import java.nio.channels.CancelledKeyException;
import java.nio.channels.SelectionKey;
import java.nio.channels.Selector;
import java.nio.channels.ServerSocketChannel;
import java.nio.channels.SocketChannel;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicLong;
import java.util.logging.Level;
import java.util.logging.Logger;

/**
 * Lets servers be heard where their clouds have them: a real port for each address of theirs that
 * lies in the loopback network and each port that their security groups open. It takes connections
 * and answers a request of HTTP with 200, without TLS. It is gone with its server, with its cloud,
 * or alone. One thread serves all.
 */
public final class Guests implements AutoCloseable {
  private static final Logger LOG = Logger.getLogger(Guests.class.getName());

  /** From one look at the clouds to the next. */
  private static final Duration PAUSE = Duration.ofMillis(250);

  /** From here on anybody may open a port. */
  private static final int FREE_PORTS = 1024;

  private static final String NO_RIGHT =
      ". Ports below 1024 need a right: give it to java (setcap cap_net_bind_service+ep), let all"
          + " have it (sysctl net.ipv4.ip_unprivileged_port_start=0), or open a higher port in the"
          + " security group";

  private static final int MOST_CONNECTIONS = 1000;
  private static final int LONGEST_HEAD = 16 * 1024;

  /** A visitor who says nothing for so long is sent away. */
  private static final Duration SILENCE = Duration.ofSeconds(10);

  private final List<Cloud> clouds;
  private final Set<String> silent = ConcurrentHashMap.newKeySet();
  private Set<String> heeded = Set.of();
  private final Map<Door, SelectionKey> open = new LinkedHashMap<>();
  private Map<String, Long> seen = Map.of();
  private final Set<String> complained = new HashSet<>();
  private final Selector selector;
  private final Thread thread = new Thread(this::serve, "guests");
  private volatile List<Door> doors = List.of();
  private final AtomicLong looks = new AtomicLong();
  private volatile boolean changed;
  private volatile boolean over;
  private int visitors;

  /** Somebody who has connected. */
  private static final class Visit {
    final Door door;
    final ByteBuffer head = ByteBuffer.allocate(LONGEST_HEAD);
    final long since = System.nanoTime();
    ByteBuffer answer;

    Visit(Door door) {
      this.door = door;
    }
  }

  public Guests(List<Cloud> clouds) throws IOException {
    this.clouds = List.copyOf(clouds);
    this.selector = Selector.open();
    thread.setDaemon(true);
  }

  public void start() {
    thread.start();
  }

  /** Lets a server stay silent although it runs, or speak again. */
  public void silence(String server, boolean isSilent) {
    if (isSilent ? silent.add(server) : silent.remove(server)) {
      changed = true;
      selector.wakeup();
    }
  }

  /** How often the clouds have been looked at, and what was seen followed. */
  public long looks() {
    return looks.get();
  }

  /** Where a cloud's servers are heard, as JSON. */
  public ArrayNode heard(String cloud) {
    ArrayNode list = Json.arr();
    doors.stream()
        .filter(door -> door.cloud().equals(cloud))
        .forEach(
            door ->
                list.addObject()
                    .put("server", door.server())
                    .put("name", door.name())
                    .put("region", door.region())
                    .put("address", door.address())
                    .put("port", door.port()));
    return list;
  }

  @Override
  public void close() throws IOException, InterruptedException {
    over = true;
    selector.wakeup();
    thread.join(2000);
    for (SelectionKey key : List.copyOf(selector.keys())) {
      key.channel().close();
    }
    selector.close();
  }

  private void serve() {
    long looked = 0;
    while (!over) {
      try {
        selector.select(this::happened, PAUSE.toMillis());
        if (changed || System.nanoTime() - looked >= PAUSE.toNanos()) {
          changed = false;
          looked = System.nanoTime();
          follow();
          sendAway();
          looks.incrementAndGet();
        }
      } catch (IOException | RuntimeException failed) {
        LOG.log(Level.WARNING, "The servers' own ports", failed);
      }
    }
  }

  // ---- who is heard where

  /** What has been seen counts only once all of it was done, so that nothing is left undone. */
  private void follow() throws IOException {
    Map<String, Long> now = new HashMap<>();
    for (Cloud cloud : clouds) {
      // What has changed by itself is a change as well.
      cloud.look(() -> null);
      now.put(cloud.spec().name(), cloud.version() * 2 + (cloud.weather().isDark() ? 1 : 0));
    }
    Set<String> heeds = Set.copyOf(silent);
    if (now.equals(seen) && heeds.equals(heeded)) {
      return;
    }
    Set<Door> wanted = new HashSet<>();
    for (Cloud cloud : clouds) {
      if (!cloud.weather().isDark()) {
        wanted.addAll(cloud.look(() -> Door.of(cloud)));
      }
    }
    wanted.removeIf(door -> heeds.contains(door.server()));
    List<Door> closed = open.keySet().stream().filter(door -> !wanted.contains(door)).toList();
    closed.forEach(this::shut);
    if (!closed.isEmpty()) {
      // A port is free for another only when the selector has let go of it.
      selector.selectNow(this::happened);
    }
    boolean all = true;
    for (Door door : wanted) {
      all &= open.containsKey(door) || open(door);
    }
    doors = List.copyOf(open.keySet());
    heeded = heeds;
    // What could not be opened is tried again at the next look.
    seen = all ? Map.copyOf(now) : Map.of();
  }

  private boolean open(Door door) {
    try {
      ServerSocketChannel channel = ServerSocketChannel.open();
      try {
        channel.configureBlocking(false);
        channel.bind(new InetSocketAddress(door.address(), door.port()));
        open.put(door, channel.register(selector, SelectionKey.OP_ACCEPT, door));
      } catch (IOException | RuntimeException failed) {
        channel.close();
        throw failed;
      }
      complained.remove(door.address() + ":" + door.port());
      return true;
    } catch (IOException | RuntimeException failed) {
      if (complained.add(door.address() + ":" + door.port())) {
        LOG.log(
            Level.WARNING,
            "Server {0} of cloud {1} cannot be heard at {2}:{3}: {4}{5}",
            new Object[] {
              door.name(),
              door.cloud(),
              door.address(),
              String.valueOf(door.port()),
              failed,
              door.port() < FREE_PORTS ? NO_RIGHT : ""
            });
      }
      return false;
    }
  }

  /** Whoever has connected loses the connection, too. */
  private void shut(Door door) {
    SelectionKey listening = open.remove(door);
    close(listening);
    for (SelectionKey key : List.copyOf(selector.keys())) {
      if (key.attachment() instanceof Visit visit && visit.door.equals(door)) {
        leave(key);
      }
    }
  }

  private void sendAway() {
    for (SelectionKey key : List.copyOf(selector.keys())) {
      if (key.attachment() instanceof Visit visit
          && System.nanoTime() - visit.since > SILENCE.toNanos()) {
        leave(key);
      }
    }
  }

  // ---- who comes

  private void happened(SelectionKey key) {
    try {
      if (key.attachment() instanceof Door door) {
        accept(key, door);
      } else if (key.attachment() instanceof Visit visit) {
        if (visit.answer == null) {
          hear(key, visit);
        } else {
          answer(key, visit);
        }
      }
    } catch (IOException | CancelledKeyException gone) {
      if (key.attachment() instanceof Visit) {
        leave(key);
      }
    }
  }

  private void accept(SelectionKey key, Door door) throws IOException {
    SocketChannel visitor = ((ServerSocketChannel) key.channel()).accept();
    if (visitor == null) {
      return;
    }
    if (visitors >= MOST_CONNECTIONS) {
      visitor.close();
      return;
    }
    visitor.configureBlocking(false);
    visitor.register(selector, SelectionKey.OP_READ, new Visit(door));
    visitors++;
  }

  private void hear(SelectionKey key, Visit visit) throws IOException {
    int read = ((SocketChannel) key.channel()).read(visit.head);
    if (read < 0 || !visit.head.hasRemaining()) {
      leave(key);
      return;
    }
    String head =
        new String(visit.head.array(), 0, visit.head.position(), StandardCharsets.ISO_8859_1);
    if (head.contains("\r\n\r\n")) {
      String body = visit.door.name() + " in " + visit.door.cloud() + "\n";
      byte[] bytes = body.getBytes(StandardCharsets.UTF_8);
      String answer =
          "HTTP/1.1 200 OK\r\nContent-Type: text/plain; charset=UTF-8\r\nContent-Length: "
              + bytes.length
              + "\r\nConnection: close\r\n\r\n";
      List<byte[]> parts = new ArrayList<>();
      parts.add(answer.getBytes(StandardCharsets.US_ASCII));
      if (!head.startsWith("HEAD ")) {
        parts.add(bytes);
      }
      visit.answer = ByteBuffer.allocate(parts.stream().mapToInt(part -> part.length).sum());
      parts.forEach(visit.answer::put);
      visit.answer.flip();
      key.interestOps(SelectionKey.OP_WRITE);
    }
  }

  private void answer(SelectionKey key, Visit visit) throws IOException {
    ((SocketChannel) key.channel()).write(visit.answer);
    if (!visit.answer.hasRemaining()) {
      leave(key);
    }
  }

  private void leave(SelectionKey key) {
    if (key.channel().isOpen()) {
      visitors--;
    }
    close(key);
  }

  private static void close(SelectionKey key) {
    try {
      key.cancel();
      key.channel().close();
    } catch (IOException gone) {
      LOG.log(Level.FINE, "closing a port", gone);
    }
  }
}
