package io.isthmus.domain.unsent;

import io.isthmus.domain.database.Sql;
import io.isthmus.domain.encryption.SecretBox;
import io.isthmus.domain.encryption.UnreadableSecret;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import jakarta.transaction.Transactional;
import java.time.Clock;
import java.time.Instant;
import java.util.Optional;
import java.util.UUID;
import java.util.logging.Logger;
import javax.sql.DataSource;

/** In the database, so that every server has them, and sealed. */
@ApplicationScoped
@Transactional
public class JdbcUnsentTexts implements UnsentTexts {

  private static final Logger LOG = Logger.getLogger(JdbcUnsentTexts.class.getName());

  private static final String PUT =
      """
      insert into unsent_text (person, shelf, name, sealed, weight, stamp, asked_at)
      values (?, ?, ?, ?, ?, ?, ?)
      on conflict (person, shelf, name) do update
      set sealed = excluded.sealed, weight = excluded.weight, stamp = excluded.stamp,
        asked_at = excluded.asked_at
      """;

  /** Of whoever; what another transaction is about is left to it. */
  private static final String FORGET_OLD =
      """
      delete from unsent_text where (person, shelf, name) in (
        select person, shelf, name from unsent_text where asked_at < ? for update skip locked)
      """;

  private static final String MAKE_ROOM =
      """
      delete from unsent_text as old
      using (
        select name, row_number() over newest as place, sum(weight) over newest as together
        from unsent_text where person = ? and shelf = ?
        window newest as (order by asked_at desc, name rows unbounded preceding)
      ) as ranked
      where old.person = ? and old.shelf = ? and old.name = ranked.name and ranked.name <> ?
        and (ranked.place > ? or ranked.together > ?)
      """;

  private Sql sql;
  private SecretBox box;
  private Clock clock;

  @Inject
  JdbcUnsentTexts(DataSource database, SecretBox box) {
    this(database, box, Clock.systemUTC());
  }

  JdbcUnsentTexts(DataSource database, SecretBox box, Clock clock) {
    this.sql = new Sql(database);
    this.box = box;
    this.clock = clock;
  }

  /** For the container's proxies. */
  protected JdbcUnsentTexts() {}

  @Override
  public UUID put(String person, Shelf shelf, String name, String text) {
    Instant now = clock.instant();
    UUID stamp = UUID.randomUUID();
    String on = shelf.name();
    String sealed = box.seal(text, binding(person, shelf, name));
    sql.update(PUT, person, on, name, sealed, text.length(), stamp, now);
    sql.update(MAKE_ROOM, person, on, person, on, name, MOST, HEAVIEST);
    sql.update(FORGET_OLD, now.minus(AGE));
    return stamp;
  }

  @Override
  public Optional<Kept> find(String person, Shelf shelf, String name) {
    record Row(String sealed, UUID stamp) {}
    Instant now = clock.instant();
    return sql
        .query(
            "update unsent_text set asked_at = ? where person = ? and shelf = ? and name = ?"
                + " and asked_at >= ? returning sealed, stamp",
            row -> new Row(row.getString("sealed"), row.getObject("stamp", UUID.class)),
            now,
            person,
            shelf.name(),
            name,
            now.minus(AGE))
        .stream()
        .findFirst()
        .flatMap(
            row ->
                opened(row.sealed(), binding(person, shelf, name))
                    .map(text -> new Kept(text, row.stamp())));
  }

  @Override
  public void remove(String person, Shelf shelf, String name) {
    sql.update(
        "delete from unsent_text where person = ? and shelf = ? and name = ?",
        person,
        shelf.name(),
        name);
  }

  @Override
  public void removeAll(String person, Shelf shelf) {
    sql.update("delete from unsent_text where person = ? and shelf = ?", person, shelf.name());
  }

  /** A key that was taken away takes with it what was typed under it, and no page. */
  private Optional<String> opened(String sealed, String binding) {
    try {
      return Optional.of(box.open(sealed, binding));
    } catch (UnreadableSecret lost) {
      LOG.warning(lost.getMessage());
      return Optional.empty();
    }
  }

  private static String binding(String person, Shelf shelf, String name) {
    return "unsent_text/" + person + "/" + shelf + "/" + name;
  }
}
