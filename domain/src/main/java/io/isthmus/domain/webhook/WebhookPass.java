package io.isthmus.domain.webhook;

import io.isthmus.domain.access.ProjectId;
import io.isthmus.domain.language.Phrase;
import io.isthmus.domain.notice.Audience;
import io.isthmus.domain.notice.Notice;
import io.isthmus.domain.notice.NoticeStore;
import io.isthmus.domain.notice.NoticeSubject;
import io.isthmus.domain.work.BackgroundThreads;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Future;
import java.util.concurrent.RejectedExecutionException;
import java.util.logging.Level;
import java.util.logging.Logger;
import java.util.stream.Collectors;

/**
 * Serves webhooks, each by one server at a time: queues what has happened, and sends the queue, one
 * message after the other. What is to be sent is in the database before it is sent and what came of
 * it after, so that a server that is killed in between leaves a message to be sent again, with the
 * same id and the same bytes.
 */
@ApplicationScoped
public class WebhookPass {

  private static final Logger LOG = Logger.getLogger(WebhookPass.class.getName());

  /** Longer than a message takes. */
  static final Duration LEASE = WebhookSender.LONGEST.plusSeconds(45);

  /** Longest that one webhook is served before others have their turn. */
  private static final Duration MOST_OF_TURN = Duration.ofSeconds(20);

  /** Stories that are read at once. */
  private static final int READ = 200;

  /** To the second try; doubled each time. */
  static final Duration FIRST_PAUSE = Duration.ofSeconds(5);

  /** Longest between two tries, whatever is asked for. */
  static final Duration LONGEST_PAUSE = Duration.ofHours(1);

  private static final int MOST_DOUBLINGS = 12;

  /** Longer than a webhook may lag behind. */
  private static final Duration CHANGES_KEPT = Duration.ofDays(30);

  private static final int GONE = 410;

  private WebhookStore store;
  private WebhookSender sender;
  private NoticeStore notices;
  private WebhookSettings settings;
  private Clock clock;
  private ExecutorService executor;
  private final Set<Future<?>> running = ConcurrentHashMap.newKeySet();
  private volatile boolean stopped;

  @Inject
  WebhookPass(
      WebhookStore store,
      WebhookSender sender,
      NoticeStore notices,
      WebhookSettings settings,
      BackgroundThreads threads) {
    this(store, sender, notices, settings, Clock.systemUTC(), threads.executor());
  }

  WebhookPass(
      WebhookStore store,
      WebhookSender sender,
      NoticeStore notices,
      WebhookSettings settings,
      Clock clock,
      ExecutorService executor) {
    this.store = store;
    this.sender = sender;
    this.notices = notices;
    this.settings = settings;
    this.clock = clock;
    this.executor = executor;
  }

  /** For the container's proxies. */
  protected WebhookPass() {}

  /** Begins what is due; returns without waiting for any receiver. */
  public void wake() {
    running.removeIf(Future::isDone);
    while (!stopped && running.size() < settings.parallel()) {
      Optional<WebhookStore.Turn> due = take();
      if (due.isEmpty()) {
        return;
      }
      try {
        running.add(executor.submit(() -> serve(due.get())));
      } catch (RejectedExecutionException e) {
        LOG.log(Level.FINE, "serving webhooks waits", e);
        store.release(due.get());
        return;
      }
    }
  }

  /** Forgets changes that nobody is told any more. */
  public void tidy() {
    store.forgetChanges(now().minus(CHANGES_KEPT));
  }

  /** Begins nothing more and interrupts what runs; another server sends it again. */
  public void stop() {
    stopped = true;
    running.forEach(one -> one.cancel(true));
  }

  Optional<WebhookStore.Turn> take() {
    Instant now = now();
    return store.take(now.plus(LEASE), now);
  }

  void serve(WebhookStore.Turn taken) {
    try {
      store.prune(taken);
      WebhookStore.Turn turn = send(taken);
      store.release(turn);
    } catch (WebhookStore.TurnLost lost) {
      LOG.log(Level.FINE, "a webhook is served by another", lost);
    } catch (RuntimeException e) {
      // The lease ends by itself, and it is taken again.
      LOG.log(Level.WARNING, "serving webhook " + taken.webhook().id(), e);
    }
  }

  private WebhookStore.Turn send(WebhookStore.Turn taken) {
    WebhookStore.Turn turn = taken;
    Instant end = now().plus(MOST_OF_TURN);
    while (!stopped && now().isBefore(end)) {
      boolean active = store.goOn(turn, now().plus(LEASE));
      Optional<Delivery> next = store.next(turn, active);
      if (next.isPresent()) {
        if (next.get().nextTry().isAfter(now())) {
          return turn;
        }
        turn = send(turn, next.get());
      } else {
        WebhookStore.Turn further = active ? queue(turn) : turn;
        if (further.events() == turn.events() && further.changes() == turn.changes()) {
          return turn;
        }
        turn = further;
      }
    }
    return turn;
  }

  /** Queues what has happened since, in the order of time, each of the two streams in its own. */
  private WebhookStore.Turn queue(WebhookStore.Turn turn) {
    Webhook webhook = turn.webhook();
    List<Story> events =
        webhook
            .project()
            .map(project -> store.events(project, turn.events(), READ))
            .orElseGet(List::of);
    List<Story> changes = store.changes(webhook.project(), turn.changes(), READ);
    if (events.isEmpty() && changes.isEmpty()) {
      return turn;
    }
    List<Story> wanted =
        merged(events, changes).stream()
            .filter(story -> story.kind().filter(webhook.kinds()::contains).isPresent())
            .toList();
    return store.queue(
        turn, wanted, last(events, turn.events()), last(changes, turn.changes()), now());
  }

  private static List<Story> merged(List<Story> events, List<Story> changes) {
    List<Story> all = new ArrayList<>();
    int next = 0;
    for (Story event : events) {
      while (next < changes.size() && changes.get(next).at().isBefore(event.at())) {
        all.add(changes.get(next));
        next++;
      }
      all.add(event);
    }
    all.addAll(changes.subList(next, changes.size()));
    return all;
  }

  private static long last(List<Story> read, long before) {
    return read.isEmpty() ? before : read.get(read.size() - 1).position();
  }

  private WebhookStore.Turn send(WebhookStore.Turn turn, Delivery delivery) {
    boolean byHand = store.isByHand(turn, delivery);
    Instant begun = now();
    WebhookSender.Answer answer =
        sender.send(turn.webhook().address(), headers(turn, delivery, begun), delivery.body());
    Instant ended = now();
    if (stopped && answer.status().isEmpty()) {
      // It was interrupted: that is no fault of the receiver's.
      return turn;
    }
    boolean isTaken = answer.status().filter(status -> status / 100 == 2).isPresent();
    Instant first = delivery.firstTry().orElse(begun);
    int tries = delivery.tries() + 1;
    Instant again = ended.plus(pause(tries, answer));
    boolean isGone = answer.status().filter(status -> status == GONE).isPresent();
    boolean isGivenUp =
        !isTaken && (byHand || isGone || again.isAfter(first.plus(settings.patience())));
    Delivery.State state =
        isTaken
            ? Delivery.State.DELIVERED
            : isGivenUp ? Delivery.State.GIVEN_UP : Delivery.State.FAILING;
    int givenUp = isTaken ? 0 : turn.givenUp() + (isGivenUp && !byHand ? 1 : 0);
    WebhookStore.Turn after =
        store.record(
            turn,
            new Delivery(
                delivery.number(),
                delivery.message(),
                delivery.type(),
                delivery.body(),
                state,
                tries,
                delivery.queuedAt(),
                Optional.of(first),
                Optional.of(begun),
                again,
                answer.status(),
                Optional.of(Duration.between(begun, ended)),
                Optional.of(answer.answer()).filter(text -> !text.isEmpty()),
                isTaken ? Optional.empty() : Optional.of(trouble(answer))),
            givenUp);
    if (isGone || givenUp >= Webhook.MOST_GIVEN_UP) {
      pause(
          after,
          isGone
              ? Phrase.of("webhook.paused-gone")
              : Phrase.of("webhook.paused-given-up", givenUp, trouble(answer)));
    }
    return after;
  }

  private Map<String, String> headers(WebhookStore.Turn turn, Delivery delivery, Instant now) {
    long seconds = now.getEpochSecond();
    Map<String, String> headers = new LinkedHashMap<>();
    headers.put("Content-Type", "application/cloudevents+json; charset=utf-8");
    headers.put("webhook-id", delivery.message());
    headers.put("webhook-timestamp", Long.toString(seconds));
    headers.put(
        "webhook-signature",
        store.secrets(turn.webhook().id(), now).stream()
            .map(secret -> secret.sign(delivery.message(), seconds, delivery.body()))
            .collect(Collectors.joining(" ")));
    return headers;
  }

  private static Duration pause(int tries, WebhookSender.Answer answer) {
    Duration ours = FIRST_PAUSE.multipliedBy(1L << Math.min(tries - 1, MOST_DOUBLINGS));
    Duration asked = answer.retryAfter().orElse(Duration.ZERO);
    Duration longer = asked.compareTo(ours) > 0 ? asked : ours;
    return longer.compareTo(LONGEST_PAUSE) > 0 ? LONGEST_PAUSE : longer;
  }

  private static Phrase trouble(WebhookSender.Answer answer) {
    return answer
        .trouble()
        .orElseGet(
            () -> {
              int status = answer.status().orElseThrow();
              return status / 100 == 3
                  ? Phrase.of("webhook.redirects", status)
                  : Phrase.of("webhook.answered", status);
            });
  }

  private void pause(WebhookStore.Turn turn, Phrase why) {
    Webhook webhook = turn.webhook();
    if (!store.pause(turn, why, now())) {
      return;
    }
    LOG.info(() -> "webhook " + webhook.id() + " is paused: " + why);
    webhook.project().ifPresent(project -> tell(project, webhook, why));
  }

  private void tell(ProjectId project, Webhook webhook, Phrase why) {
    notices.tell(
        Audience.of(project),
        new Notice(
            Notice.Kind.WEBHOOK_PAUSED,
            now(),
            project,
            new NoticeSubject.OfWebhook(webhook.id()),
            Phrase.of("notice.webhook-paused", webhook.address().getHost(), why)));
  }

  private Instant now() {
    return clock.instant().truncatedTo(ChronoUnit.MICROS);
  }
}
