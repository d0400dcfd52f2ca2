package io.isthmus.rest.event;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import io.isthmus.domain.access.ProjectId;
import io.isthmus.domain.fault.FaultCode;
import io.isthmus.domain.fault.FederationFault;
import io.isthmus.domain.stack.StackChanged;
import io.isthmus.domain.stack.StackId;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;

class EventStreamsTest {

  private static final ProjectId PROJECT = new ProjectId("acme", "demo");
  private static final StackId STACK = new StackId(new UUID(1, 1));
  private static final StackId OTHER = new StackId(new UUID(2, 2));
  private static final Instant START = Instant.parse("2026-11-25T00:00:00Z");
  private static final Duration SIGNED_IN = Duration.ofMinutes(5);

  private final Hand clock = new Hand();
  private final EventStreams streams = new EventStreams(2, 3, clock);
  private final Line line = new Line();
  private long newest = 3;
  private boolean mayLook = true;
  private int reads;

  /** A clock that is moved by hand. */
  private static final class Hand extends Clock {
    private Instant now = START;

    @Override
    public Instant instant() {
      return now;
    }

    @Override
    public ZoneId getZone() {
      return ZoneOffset.UTC;
    }

    @Override
    public Clock withZone(ZoneId zone) {
      return this;
    }
  }

  /** Writes down what a client gets. */
  private static class Line implements io.isthmus.rest.event.Line {
    private final List<String> got = new ArrayList<>();
    private boolean closed;

    int count() {
      return got.size();
    }

    void closeWhen(boolean gone) {
      closed = gone;
    }

    @Override
    public boolean isClosed() {
      return closed;
    }

    @Override
    public void event(Feed.Entry entry) {
      got.add(Long.toString(entry.id()));
    }

    @Override
    public void keepAlive() {
      got.add("alive");
    }

    @Override
    public void end(String reason) {
      got.add(reason);
      closed = true;
    }
  }

  private List<Feed.Entry> feed(long after, int limit) {
    reads++;
    if (!mayLook) {
      throw FederationFault.notFound("stack", STACK.toString());
    }
    return LongStream.rangeClosed(after + 1, newest)
        .limit(limit)
        .mapToObj(id -> new Feed.Entry(id, "{}"))
        .toList();
  }

  private EventStream stream(String owner, Line to, long last) {
    return new EventStream(owner, this::feed, to, START.plus(SIGNED_IN), last, START);
  }

  private void tick() {
    streams.tick(Runnable::run);
  }

  @Test
  void sendsWhatTheClientDoesNotKnowAndThenWhatIsNew() {
    streams.open(stream("alice", line, 1), STACK);
    tick();
    assertThat(line.got).containsExactly("2", "3");

    newest = 5;
    streams.stackChanged(new StackChanged(PROJECT, STACK, 5));
    tick();
    assertThat(line.got).containsExactly("2", "3", "4", "5");
  }

  @Test
  void readsOnlyWhenSomethingThatConcernsItHasChanged() {
    streams.open(stream("alice", line, 3), STACK);
    tick();
    int before = reads;
    streams.stackChanged(new StackChanged(PROJECT, OTHER, 9));
    tick();
    assertThat(reads).isEqualTo(before);
    streams.stackChanged(new StackChanged(PROJECT, STACK, 4));
    tick();
    assertThat(reads).isEqualTo(before + 1);
  }

  @Test
  void followsEveryStackOfAProjectAndOfNoOther() {
    streams.open(stream("alice", line, 3), PROJECT);
    tick();
    int before = reads;
    streams.stackChanged(new StackChanged(new ProjectId("globex", "demo"), OTHER, 9));
    tick();
    assertThat(reads).isEqualTo(before);
    streams.stackChanged(new StackChanged(PROJECT, OTHER, 9));
    tick();
    assertThat(reads).isEqualTo(before + 1);
  }

  @Test
  void findsWhatAnotherServerHasWrittenWithinAFewSeconds() {
    streams.open(stream("alice", line, 3), STACK);
    tick();
    newest = 4;
    for (int i = 0; i < 15; i++) {
      tick();
    }
    assertThat(line.got).containsExactly("4");
  }

  @Test
  void catchesUpWithALongHistory() {
    newest = 3 * EventStream.BATCH + 7;
    streams.open(stream("alice", line, 0), STACK);
    tick();
    assertThat(line.got).hasSize((int) newest).doesNotHaveDuplicates();
  }

  @Test
  void keepsAQuietStreamAlive() {
    streams.open(stream("alice", line, 3), STACK);
    tick();
    clock.now = START.plus(EventStream.KEEP_ALIVE);
    tick();
    tick();
    assertThat(line.got).containsExactly("alive");
  }

  @Test
  void endsWhenTheSignInDoes() {
    streams.open(stream("alice", line, 3), STACK);
    clock.now = START.plus(SIGNED_IN);
    tick();
    assertThat(line.got).containsExactly("not-signed-in");
    assertThat(streams.count()).isZero();
  }

  @Test
  void endsWhenTheCallerMayNotLookAnyMore() {
    streams.open(stream("alice", line, 3), STACK);
    tick();
    mayLook = false;
    streams.stackChanged(new StackChanged(PROJECT, STACK, 4));
    tick();
    assertThat(line.got).containsExactly("not-found");
  }

  @Test
  void boundsTheStreamsOfAPersonAndOfTheServer() {
    streams.open(stream("alice", line, 3), STACK);
    streams.open(stream("alice", new Line(), 3), STACK);
    assertThat(refusal("alice")).isEqualTo(FaultCode.TOO_MANY);
    streams.open(stream("bob", new Line(), 3), OTHER);
    assertThat(refusal("carol")).isEqualTo(FaultCode.TOO_MANY);

    line.closed = true;
    streams.open(stream("alice", new Line(), 3), STACK);
    assertThat(streams.count()).isEqualTo(3);
  }

  @Test
  void findsOutWhoIsGoneWhenAPersonHasNoStreamLeft() {
    Line gone =
        new Line() {
          @Override
          public void keepAlive() {
            super.keepAlive();
            closeWhen(count() > 1);
          }
        };
    streams.open(stream("alice", line, 3), STACK);
    streams.open(stream("alice", gone, 3), STACK);
    tick();
    assertThat(refusal("alice")).isEqualTo(FaultCode.TOO_MANY);
    tick();
    tick();
    tick();
    assertThat(line.got).as("no more words than needed").containsExactly("alive", "alive");
    streams.open(stream("alice", new Line(), 3), STACK);
    assertThat(streams.count()).isEqualTo(2);
  }

  private FaultCode refusal(String owner) {
    return catchThrowableOfType(
            FederationFault.class, () -> streams.open(stream(owner, new Line(), 3), STACK))
        .code();
  }

  @Test
  void goesOnFromWhatTheClientSaysThatItKnows() {
    assertThat(ResumePoint.of("7", "3", () -> 9)).isEqualTo(7);
    assertThat(ResumePoint.of(null, "3", () -> 9)).isEqualTo(3);
    assertThat(ResumePoint.of(null, "latest", () -> 9)).isEqualTo(9);
    assertThat(ResumePoint.of(null, null, () -> 9)).isZero();
    for (String bad : List.of("-1", "x", "99999999999999999999")) {
      assertThat(
              catchThrowableOfType(FederationFault.class, () -> ResumePoint.of(bad, null, () -> 9))
                  .code())
          .isEqualTo(FaultCode.REQUEST_INVALID);
    }
  }
}
