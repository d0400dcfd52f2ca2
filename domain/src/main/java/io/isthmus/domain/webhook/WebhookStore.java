package io.isthmus.domain.webhook;

import io.isthmus.domain.access.ProjectId;
import io.isthmus.domain.database.Sql;
import io.isthmus.domain.encryption.SecretBox;
import io.isthmus.domain.json.Json;
import io.isthmus.domain.language.Phrase;
import io.isthmus.domain.language.PhraseJson;
import io.isthmus.domain.outbox.Outbox;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import jakarta.json.JsonArrayBuilder;
import jakarta.json.JsonObject;
import jakarta.json.JsonReader;
import java.io.StringReader;
import java.net.URI;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.stream.Collectors;
import javax.sql.DataSource;

/**
 * Webhooks and their queues in PostgreSQL, and whose turn it is to send: each is taken under a
 * lease with a fencing number, and what somebody records who has lost it changes nothing. Every
 * method is one statement, so that it needs no transaction around it.
 */
@ApplicationScoped
public class WebhookStore {

  /** Webhooks of one project, or of the federation, that are served at the same time. */
  static final int MOST_OF_STREAM = 2;

  /** Messages of each that stay in its log when they are done. */
  static final int KEPT = 200;

  private static final String SELECT =
      "select w.*, (select count(*) from webhook_delivery d where d.webhook = w.id"
          + " and d.state in ('WAITING', 'FAILING')) as waiting from webhook w";

  private static final String STREAM =
      " and w.project is not distinct from cast(? as text) order by w.created_at, w.id";

  private Sql sql;
  private SecretBox box;

  @Inject
  WebhookStore(DataSource database, SecretBox box) {
    this.sql = new Sql(database);
    this.box = box;
  }

  /** For the container's proxies. */
  protected WebhookStore() {}

  /**
   * A webhook whose queue is to be gone on with, and by whose leave.
   *
   * @param events up to where its project's story is in its queue
   * @param changes up to where its stream's changes are
   * @param givenUp messages given up one after another
   */
  record Turn(Webhook webhook, long fence, long events, long changes, int givenUp) {}

  /** Another has the turn by now, or the webhook is gone. */
  static final class TurnLost extends RuntimeException {
    private static final long serialVersionUID = 1L;

    TurnLost(UUID webhook) {
      super("the turn of webhook " + webhook + " was lost");
    }
  }

  private static String binding(String what, UUID id) {
    return "webhook/" + what + "/" + id;
  }

  /**
   * Begins with what happens from now on.
   *
   * @param most of one stream
   * @return false when there are as many already
   */
  boolean add(Webhook webhook, WebhookSecret secret, int most) {
    String stream = stream(webhook.project());
    sql.query(
        "select pg_advisory_xact_lock(hashtextextended(?, 49))", row -> 1, "webhook/" + stream);
    return sql.update(
            """
            insert into webhook (id, project, address, kinds, secret, status, created_by, created_at,
              event_position, change_position)
            select ?, ?, ?, ?, ?, ?, ?, ?,
              coalesce((select last from project_event where tenant = split_part(?, '/', 1)
                and project = split_part(?, '/', 2)), 0),
              coalesce((select last from state_stream where stream = ?), 0)
            where (select count(*) from webhook w where w.project is not distinct from cast(? as text)) < ?
            """,
            webhook.id(),
            webhook.project().map(ProjectId::toString),
            box.seal(webhook.address().toString(), binding("address", webhook.id())),
            webhook.kinds().stream().sorted().map(Enum::name).collect(Collectors.joining(",")),
            seal(webhook.id(), secret),
            webhook.status().name(),
            webhook.createdBy(),
            webhook.createdAt(),
            stream,
            stream,
            stream,
            webhook.project().map(ProjectId::toString),
            most)
        == 1;
  }

  private String seal(UUID id, WebhookSecret secret) {
    return box.seal(secret.text(), binding("secret", id));
  }

  private static String stream(Optional<ProjectId> project) {
    return project.map(ProjectId::toString).orElse(Outbox.FEDERATION);
  }

  /** All of a project, or of the federation, oldest first. */
  List<Webhook> list(Optional<ProjectId> project) {
    return sql.query(
        SELECT + " where true" + STREAM, this::webhook, project.map(ProjectId::toString));
  }

  Optional<Webhook> find(UUID id) {
    return sql.query(SELECT + " where w.id = ?", this::webhook, id).stream().findFirst();
  }

  void remove(UUID id) {
    sql.update("delete from webhook where id = ?", id);
  }

  /** Sends nothing more but what a person asks for. */
  void pause(UUID id, Instant now) {
    sql.update(
        "update webhook set status = 'PAUSED', paused_because = null, paused_at = ?, next_run = null"
            + " where id = ? and status = 'ACTIVE'",
        now,
        id);
  }

  /** Goes on where it stood, at once, with all patience. */
  void resume(UUID id, Instant now) {
    sql.update(
        """
        with resumed as (
          update webhook set status = 'ACTIVE', paused_because = null, paused_at = null, given_up = 0, next_run = ?
          where id = ? returning id)
        update webhook_delivery d set next_try = ?, first_try = null from resumed
        where d.webhook = resumed.id and d.state = 'FAILING'
        """,
        now,
        id,
        now);
  }

  /** The former secret signs too, until then. */
  void rotate(UUID id, WebhookSecret secret, Instant until) {
    sql.update(
        "update webhook set former_secret = secret, former_until = ?, secret = ? where id = ?",
        until,
        seal(id, secret),
        id);
  }

  /** Those that sign now, the newest first. */
  List<WebhookSecret> secrets(UUID id, Instant now) {
    return sql
        .query(
            "select secret, case when former_until > ? then former_secret end as former"
                + " from webhook where id = ?",
            row -> {
              List<WebhookSecret> found = new ArrayList<>();
              for (String column : List.of("secret", "former")) {
                String sealed = row.getString(column);
                if (sealed != null) {
                  found.add(new WebhookSecret(box.open(sealed, binding("secret", id))));
                }
              }
              return found;
            },
            now,
            id)
        .stream()
        .findFirst()
        .orElseGet(List::of);
  }

  // ---- queue and log

  /** The newest first. */
  List<Delivery> deliveries(UUID webhook, int limit) {
    return sql.query(
        "select * from webhook_delivery where webhook = ? order by number desc limit ?",
        WebhookStore::delivery,
        webhook,
        limit);
  }

  Optional<Delivery> delivery(UUID webhook, String message) {
    return sql
        .query(
            "select * from webhook_delivery where webhook = ? and message = ?",
            WebhookStore::delivery,
            webhook,
            message)
        .stream()
        .findFirst();
  }

  /** Queues a message that is sent once, before all others and though the webhook is paused. */
  void addByHand(UUID webhook, Story story, Instant now) {
    sql.update(
        """
        with numbered as (
          update webhook set last_number = last_number + 1, next_run = ? where id = ? returning id, last_number)
        insert into webhook_delivery (webhook, number, message, type, body, state, by_hand, queued_at, next_try)
        select id, last_number, ?, ?, ?, 'WAITING', true, ?, ? from numbered
        """,
        now,
        webhook,
        story.message(),
        story.type(),
        story.body(),
        now,
        now);
  }

  /**
   * Has a message that is done sent once more.
   *
   * @return false when it is not done
   */
  boolean redeliver(UUID webhook, String message, Instant now) {
    return sql.update(
            """
            with again as (
              update webhook_delivery set state = 'WAITING', by_hand = true, next_try = ?
              where webhook = ? and message = ? and state in ('DELIVERED', 'GIVEN_UP') returning webhook)
            update webhook set next_run = ? where id in (select webhook from again)
            """,
            now,
            webhook,
            message,
            now)
        == 1;
  }

  // ---- turns

  /** The webhook that is due first, has something to send or to queue, and that nobody serves. */
  Optional<Turn> take(Instant until, Instant now) {
    return sql
        .query(
            """
            with due as materialized (
              select w.id from webhook w
              left join project_event e
                on e.tenant = split_part(w.project, '/', 1) and e.project = split_part(w.project, '/', 2)
              left join state_stream s on s.stream = coalesce(w.project, ?)
              where (w.lease_until is null or w.lease_until < ?)
                and (w.next_run <= ? or w.next_run is null and (
                  w.status = 'ACTIVE' and (e.last > w.event_position or s.last > w.change_position)
                  or exists (select from webhook_delivery d where d.webhook = w.id
                    and d.state in ('WAITING', 'FAILING') and (d.by_hand or w.status = 'ACTIVE'))))
                and (select count(*) from webhook o where o.project is not distinct from w.project
                  and o.lease_until >= ?) < ?
              order by w.next_run nulls last, w.id limit 1 for update of w skip locked)
            update webhook w set lease_until = ?, fence = w.fence + 1
            from due where w.id = due.id returning w.*, 0 as waiting
            """,
            row ->
                new Turn(
                    webhook(row),
                    row.getLong("fence"),
                    row.getLong("event_position"),
                    row.getLong("change_position"),
                    row.getInt("given_up")),
            Outbox.FEDERATION,
            now,
            now,
            now,
            MOST_OF_STREAM,
            until)
        .stream()
        .findFirst();
  }

  /**
   * Holds the turn for longer.
   *
   * @return whether the webhook is active still
   * @throws TurnLost when another has it
   */
  boolean goOn(Turn turn, Instant until) {
    List<String> status =
        sql.query(
            "update webhook set lease_until = ? where id = ? and fence = ? returning status",
            row -> row.getString("status"),
            until,
            turn.webhook().id(),
            turn.fence());
    if (status.isEmpty()) {
      throw new TurnLost(turn.webhook().id());
    }
    return status.get(0).equals(Webhook.Status.ACTIVE.name());
  }

  /**
   * What is to be sent next: what a person asks for, else the first of the queue, which holds up
   * all behind it.
   *
   * @param active whether the queue is gone on with
   */
  Optional<Delivery> next(Turn turn, boolean active) {
    return sql
        .query(
            "select * from webhook_delivery where webhook = ? and state in ('WAITING', 'FAILING')"
                + " and (by_hand or ?) order by by_hand desc, number limit 1",
            WebhookStore::delivery,
            turn.webhook().id(),
            active)
        .stream()
        .findFirst();
  }

  /** What happened in the project after a position, in order. */
  List<Story> events(ProjectId project, long after, int limit) {
    return sql.query(
        "select e.*, s.name from stack_event e join stack s on s.id = e.stack"
            + " where e.tenant = ? and e.project = ? and e.position > ? order by e.position limit ?",
        row ->
            new Story.Event(
                    row.getLong("position"),
                    project,
                    row.getObject("stack", UUID.class),
                    row.getString("name"),
                    row.getLong("sequence"),
                    Sql.instant(row, "at"),
                    Sql.maybe(row, "resource"),
                    Sql.maybe(row, "cloud"),
                    Sql.maybe(row, "region"),
                    row.getString("status"),
                    Sql.maybe(row, "physical_id"),
                    Sql.phrase(row.getString("phrase")),
                    Sql.maybe(row, "request_id"))
                .story(),
        project.tenant(),
        project.project(),
        after,
        limit);
  }

  /** What changed in the stream of a project, or of the federation, after a position, in order. */
  List<Story> changes(Optional<ProjectId> project, long after, int limit) {
    return sql.query(
        "select * from state_change where stream = ? and position > ? order by position limit ?",
        row ->
            new Story.Change(
                    row.getLong("position"),
                    row.getObject("id", UUID.class),
                    WebhookKind.valueOf(row.getString("kind")),
                    ProjectId.parse(row.getString("project")),
                    Optional.ofNullable(row.getObject("stack", UUID.class)),
                    Sql.maybe(row, "stack_name"),
                    Sql.maybe(row, "cloud"),
                    row.getString("before"),
                    row.getString("after"),
                    phrases(row.getString("reasons")),
                    Sql.instant(row, "at"))
                .story(),
        stream(project),
        after,
        limit);
  }

  private static List<Phrase> phrases(String text) {
    try (JsonReader reader = Json.createReader(new StringReader(text))) {
      return reader.readArray().getValuesAs(JsonObject.class).stream()
          .map(PhraseJson::read)
          .toList();
    }
  }

  /**
   * Queues what is wanted of what was read, and notes how far that was, both or neither.
   *
   * @throws TurnLost when another has it
   */
  Turn queue(Turn turn, List<Story> wanted, long events, long changes, Instant now) {
    JsonArrayBuilder all = Json.createArrayBuilder();
    wanted.forEach(
        story ->
            all.add(
                Json.createObjectBuilder()
                    .add("message", story.message())
                    .add("type", story.type())
                    .add("body", story.body())));
    boolean done =
        sql.query(
                    """
                with moved as (
                  update webhook set event_position = ?, change_position = ?, last_number = last_number + ?
                  where id = ? and fence = ? returning id, last_number - ? as before),
                queued as (
                  insert into webhook_delivery (webhook, number, message, type, body, state, queued_at, next_try)
                  select moved.id, moved.before + story.place, story.told ->> 'message', story.told ->> 'type',
                    story.told ->> 'body', 'WAITING', ?, ?
                  from moved, jsonb_array_elements(?::jsonb) with ordinality as story (told, place)
                  on conflict (webhook, message) do nothing)
                select 1 from moved
                """,
                    row -> 1,
                    events,
                    changes,
                    wanted.size(),
                    turn.webhook().id(),
                    turn.fence(),
                    wanted.size(),
                    now,
                    now,
                    all.build().toString())
                .size()
            == 1;
    if (!done) {
      throw new TurnLost(turn.webhook().id());
    }
    return new Turn(turn.webhook(), turn.fence(), events, changes, turn.givenUp());
  }

  /**
   * Writes what came of a sending.
   *
   * @param givenUp messages given up one after another, this one counted
   * @throws TurnLost when another has the turn; then nothing is written
   */
  Turn record(Turn turn, Delivery sent, int givenUp) {
    int written =
        sql.update(
            """
            with held as (update webhook set given_up = ? where id = ? and fence = ? returning id)
            update webhook_delivery d set state = ?, tries = ?, first_try = ?::timestamptz, last_try = ?::timestamptz,
              next_try = ?, status = ?::integer, took_ms = ?::bigint, answer = ?, trouble = ?::jsonb,
              by_hand = by_hand and ? in ('WAITING', 'FAILING')
            from held where d.webhook = held.id and d.number = ?
            """,
            givenUp,
            turn.webhook().id(),
            turn.fence(),
            sent.state().name(),
            sent.tries(),
            sent.firstTry().map(Instant::toString),
            sent.lastTry().map(Instant::toString),
            sent.nextTry(),
            sent.status().map(Object::toString),
            sent.took().map(took -> Long.toString(took.toMillis())),
            sent.answer(),
            sent.trouble().map(Sql::text),
            sent.state().name(),
            sent.number());
    if (written != 1) {
      throw new TurnLost(turn.webhook().id());
    }
    return new Turn(turn.webhook(), turn.fence(), turn.events(), turn.changes(), givenUp);
  }

  /** Whether a message was asked for by a person, and is sent once. */
  boolean isByHand(Turn turn, Delivery delivery) {
    return !sql.query(
            "select 1 from webhook_delivery where webhook = ? and number = ? and by_hand",
            row -> 1,
            turn.webhook().id(),
            delivery.number())
        .isEmpty();
  }

  /**
   * Pauses a webhook that takes nothing.
   *
   * @return false when it was not active any more, or another has the turn
   */
  boolean pause(Turn turn, Phrase why, Instant now) {
    return sql.update(
            "update webhook set status = 'PAUSED', paused_because = ?::jsonb, paused_at = ?"
                + " where id = ? and fence = ? and status = 'ACTIVE'",
            Sql.text(why),
            now,
            turn.webhook().id(),
            turn.fence())
        == 1;
  }

  /** Gives the turn back; when it is taken again follows from the queue. */
  void release(Turn turn) {
    sql.update(
        """
        update webhook w set lease_until = null, next_run = (
          select min(d.next_try) from (
            (select next_try from webhook_delivery where webhook = w.id and state in ('WAITING', 'FAILING')
              and by_hand limit 1)
            union all
            (select next_try from webhook_delivery where webhook = w.id and state in ('WAITING', 'FAILING')
              and not by_hand and w.status = 'ACTIVE' order by number limit 1)) d)
        where id = ? and fence = ?
        """,
        turn.webhook().id(),
        turn.fence());
  }

  /** Forgets what is done, but for the newest. */
  void prune(Turn turn) {
    sql.update(
        """
        delete from webhook_delivery where webhook = ? and state in ('DELIVERED', 'GIVEN_UP') and number < (
          select min(number) from (select number from webhook_delivery where webhook = ?
            and state in ('DELIVERED', 'GIVEN_UP') order by number desc limit ?) kept)
        """,
        turn.webhook().id(),
        turn.webhook().id(),
        KEPT);
  }

  /** Forgets changes from before, which nobody is told any more. */
  void forgetChanges(Instant before) {
    sql.update("delete from state_change where at < ?", before);
  }

  private Webhook webhook(ResultSet row) throws SQLException {
    UUID id = row.getObject("id", UUID.class);
    Set<WebhookKind> kinds =
        Arrays.stream(row.getString("kinds").split(","))
            .map(WebhookKind::valueOf)
            .collect(Collectors.toSet());
    Webhook.Status status = Webhook.Status.valueOf(row.getString("status"));
    return new Webhook(
        id,
        Sql.maybe(row, "project").map(ProjectId::parse),
        URI.create(box.open(row.getString("address"), binding("address", id))),
        kinds,
        status,
        Sql.maybe(row, "paused_because").map(Sql::phrase),
        // A version before this one leaves it when it has a webhook go on.
        Sql.maybeInstant(row, "paused_at").filter(at -> status == Webhook.Status.PAUSED),
        row.getString("created_by"),
        Sql.instant(row, "created_at"),
        row.getInt("waiting"),
        Sql.maybeInstant(row, "former_until"));
  }

  private static Delivery delivery(ResultSet row) throws SQLException {
    Number took = (Number) row.getObject("took_ms");
    return new Delivery(
        row.getLong("number"),
        row.getString("message"),
        row.getString("type"),
        row.getString("body"),
        Delivery.State.valueOf(row.getString("state")),
        row.getInt("tries"),
        Sql.instant(row, "queued_at"),
        Sql.maybeInstant(row, "first_try"),
        Sql.maybeInstant(row, "last_try"),
        Sql.instant(row, "next_try"),
        Optional.ofNullable((Integer) row.getObject("status")),
        Optional.ofNullable(took).map(Number::longValue).map(Duration::ofMillis),
        Sql.maybe(row, "answer"),
        Sql.maybe(row, "trouble").map(Sql::phrase));
  }
}
