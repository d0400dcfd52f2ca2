package io.isthmus.domain.image;

import io.isthmus.domain.access.ProjectId;
import io.isthmus.domain.cloud.Account;
import io.isthmus.domain.cloud.CloudId;
import io.isthmus.domain.fault.FaultCode;
import io.isthmus.domain.language.Phrase;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import jakarta.transaction.Transactional;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import javax.sql.DataSource;

/**
 * Where images are, who needs them there, and whose turn it is to bring or remove them. Any number
 * of servers share the work: each copy is taken under a lease with a fencing number, and what
 * somebody records who has lost it changes nothing.
 */
@ApplicationScoped
public class CopyStore {

  /** What is looked for once more after it was removed, or made. */
  static final Duration SWEEP = Duration.ofMinutes(5);

  /** Worked on at the same time by all servers together; apart for what comes and what goes. */
  private static final int MOST_OF_A_CLOUD = 2;

  /** A copy whose digest the cloud told less long ago is not asked for again. */
  private static final Duration CHECKED = Duration.ofMinutes(1);

  private static final String COPY =
      "c.id, c.image, c.project, c.cloud, c.account, c.region, c.state, c.mark, c.glance_id, c.made,"
          + " c.way, c.sent, c.trouble, c.trouble_code, c.attempts, c.created_at, c.changed_at,"
          + " c.checked_at, c.last_used, c.fence, c.wasted";

  /**
   * Nobody needs it any more: what is not done is not worth doing, the rest is its owner's choice.
   */
  private static final String LEAVE =
      """
      update image_copy c set state = 'REMOVING', next_try = ?, changed_at = ?, attempts = 0, lease_until = null,
        fence = fence + 1
      where c.id = ? and not exists (select 1 from image_want w where w.copy = c.id)
        and (c.state in ('WANTED', 'COPYING', 'VERIFYING')
          or c.state = 'ACTIVE' and c.made and (select remove_unused from image i where i.id = c.image))
      """;

  private Sql sql;

  @Inject
  CopyStore(DataSource database) {
    this.sql = new Sql(database);
  }

  /** For the container's proxies. */
  protected CopyStore() {}

  /** A part of a stack that needs an image. */
  public record Need(UUID stack, String resource, int generation) {}

  /**
   * A copy that is to be worked on, and by whose leave.
   *
   * @param wasted how often its content was sent in vain since it was wanted
   */
  record Job(ImageCopy copy, long fence, int wasted) {}

  /**
   * The OpenStack project that a project's access leads into, as the last look told.
   *
   * @return empty while nobody has looked
   */
  public Optional<String> account(ProjectId project, CloudId cloud) {
    return sql
        .query(
            "select account from cloud_look where project = ? and cloud = ? and account is not null",
            row -> row.getString(1),
            project.toString(),
            cloud.text())
        .stream()
        .findFirst();
  }

  /**
   * A part of a stack needs the image there. Safe to repeat.
   *
   * @return the copy, which may be on its way out: then nothing was noted; empty when the project
   *     has no such image, or its content is not here
   */
  @Transactional
  public Optional<ImageCopy> want(
      ImageId image, ProjectId project, Account account, String region, Need need, Instant now) {
    // Nobody deletes it until this is done, or this notes nothing.
    sql.query(
        "select 1 from image where id = ? and project = ? for share",
        row -> 1,
        image.value(),
        project.toString());
    UUID id = UUID.randomUUID();
    sql.update(
        """
        insert into image_copy (id, image, project, cloud, account, region, state, mark, made, sent, attempts,
          next_try, created_at, changed_at, last_used)
        select ?, i.id, i.project, ?, ?, ?, 'WANTED', ?, false, 0, 0, ?, ?, ?, ? from image i
          where i.id = ? and i.project = ? and i.state = 'READY'
        on conflict (image, cloud, account, region) do update set last_used = excluded.last_used
        """,
        id,
        account.cloud().text(),
        account.id(),
        region,
        id.toString(),
        now,
        now,
        now,
        now,
        image.value(),
        project.toString());
    // What was done long ago may be undone since. Who sweeps there now must not lay it to rest.
    sql.update(
        """
        update image_copy set state = 'WANTED', attempts = 0, wasted = 0, next_try = ?, changed_at = ?, trouble = null,
          trouble_code = null, lease_until = null, fence = fence + 1
        where image = ? and cloud = ? and account = ? and region = ?
          and (state in ('FAILED', 'GONE') or state = 'ACTIVE' and (checked_at is null or checked_at < ?))
          and exists (select 1 from image i where i.id = image and i.project = ? and i.state = 'READY')
        """,
        now,
        now,
        image.value(),
        account.cloud().text(),
        account.id(),
        region,
        now.minus(CHECKED),
        project.toString());
    Optional<ImageCopy> copy =
        sql
            .query(
                "select "
                    + COPY
                    + " from image_copy c join image i on i.id = c.image where c.image = ?"
                    + " and i.project = ? and i.state = 'READY' and c.cloud = ? and c.account = ?"
                    + " and c.region = ? for update of c",
                CopyStore::copy,
                image.value(),
                project.toString(),
                account.cloud().text(),
                account.id(),
                region)
            .stream()
            .findFirst();
    copy.filter(one -> one.state() != ImageCopy.State.REMOVING)
        .ifPresent(
            one ->
                sql.update(
                    "insert into image_want (copy, stack, resource, generation) values (?, ?, ?, ?)"
                        + " on conflict do nothing",
                    one.id(),
                    need.stack(),
                    need.resource(),
                    need.generation()));
    return copy;
  }

  /** A part of a stack needs it there no more. Safe to repeat. */
  @Transactional
  public void release(CloudId cloud, String region, Need need, Instant now) {
    List<UUID> copies =
        sql.query(
            """
            select c.id from image_copy c join image_want w on w.copy = c.id
            where c.cloud = ? and c.region = ? and w.stack = ? and w.resource = ? and w.generation = ?
            order by c.id for update of c
            """,
            row -> row.getObject(1, UUID.class),
            cloud.text(),
            region,
            need.stack(),
            need.resource(),
            need.generation());
    for (UUID copy : copies) {
      sql.update(
          "delete from image_want where copy = ? and stack = ? and resource = ? and generation = ?",
          copy,
          need.stack(),
          need.resource(),
          need.generation());
      sql.update("update image_copy set last_used = ? where id = ?", now, copy);
      sql.update(LEAVE, now, now, copy);
    }
  }

  /** The copies that parts of a stack need in a region, by part. */
  public Map<Need, ImageCopy> needed(UUID stack, CloudId cloud, String region) {
    Map<Need, ImageCopy> needed = new HashMap<>();
    sql.query(
            "select "
                + COPY
                + ", w.stack, w.resource, w.generation from image_copy c join image_want w"
                + " on w.copy = c.id where w.stack = ? and c.cloud = ? and c.region = ?",
            row ->
                Map.entry(
                    new Need(
                        row.getObject("stack", UUID.class),
                        row.getString("resource"),
                        row.getInt("generation")),
                    copy(row)),
            stack,
            cloud.text(),
            region)
        .forEach(entry -> needed.put(entry.getKey(), entry.getValue()));
    return needed;
  }

  /** All of a project, by cloud and region. */
  List<ImageCopy> of(ProjectId project) {
    return sql.query(
        "select "
            + COPY
            + " from image_copy c where c.project = ? order by c.cloud, c.region, c.account",
        CopyStore::copy,
        project.toString());
  }

  /** Whether a part of a stack needs a copy of it. */
  boolean isWanted(ImageId image) {
    return !sql.query(
            "select 1 from image_want w join image_copy c on c.id = w.copy where c.image = ? limit 1",
            row -> 1,
            image.value())
        .isEmpty();
  }

  /**
   * Has a copy removed, or forgotten if it is not ours.
   *
   * @return false while something needs it
   */
  @Transactional
  public boolean remove(UUID copy, Instant now) {
    sql.query("select 1 from image_copy where id = ? for update", row -> 1, copy);
    return sql.update(
            """
            update image_copy c set state = 'REMOVING', next_try = ?, changed_at = ?, attempts = 0, lease_until = null,
              fence = fence + 1
            where id = ? and state <> 'GONE' and not exists (select 1 from image_want w where w.copy = c.id)
            """,
            now,
            now,
            copy)
        == 1;
  }

  /** Has all copies of an image removed that nobody needs. */
  void removeAll(ImageId image, Instant now) {
    sql.update(
        """
        update image_copy set state = 'REMOVING', next_try = ?, changed_at = ?, attempts = 0, lease_until = null,
          fence = fence + 1
        where image = ? and state not in ('REMOVING', 'GONE')
        """,
        now,
        now,
        image.value());
  }

  /**
   * Takes those that are due and that nobody works on, the longest overdue first; not more of one
   * cloud than are worked on at the same time, lest one that is slow keeps others waiting.
   *
   * @param coming whether those that are to be brought, or those that are to be removed or swept
   */
  List<Job> take(boolean coming, int most, Instant until, Instant now) {
    return sql.query(
        """
        update image_copy c set lease_until = ?, fence = c.fence + 1 from (
          select id from image_copy where next_try <= ? and (lease_until is null or lease_until < ?)
            and id in (select id from (
              select id, row_number() over (partition by cloud
                order by coalesce(lease_until >= ?, false) desc, next_try) as turn
              from image_copy where next_try is not null and (next_try <= ? or lease_until >= ?)
                and (state in ('WANTED', 'COPYING', 'VERIFYING')) = ?) queue where turn <= ?)
          order by next_try limit ? for update skip locked) due
        where c.id = due.id returning\s"""
            + COPY,
        row -> new Job(copy(row), row.getLong("fence"), row.getInt("wasted")),
        until,
        now,
        now,
        now,
        now,
        now,
        coming,
        MOST_OF_A_CLOUD,
        most);
  }

  /**
   * @return false when it is another's by now; so with all that follow
   */
  boolean renew(Job job, Instant until) {
    return sql.update(
            "update image_copy set lease_until = ? where id = ? and fence = ?",
            until,
            job.copy().id(),
            job.fence())
        == 1;
  }

  /** Something is about to be made; whether anybody needs it still is seen to. */
  boolean copying(Job job, Instant now) {
    return sql.update(
            """
            update image_copy c set state = 'COPYING', sent = 0, changed_at = ?, made = true, glance_id = null
            where id = ? and fence = ? and exists (select 1 from image_want w where w.copy = c.id)
            """,
            now,
            job.copy().id(),
            job.fence())
        == 1;
  }

  /** It has this id, and is ours. */
  boolean registered(Job job, String glanceId, Instant now) {
    return sql.update(
            "update image_copy set glance_id = ?, made = true, changed_at = ?,"
                + " state = 'COPYING' where id = ? and fence = ?",
            glanceId,
            now,
            job.copy().id(),
            job.fence())
        == 1;
  }

  boolean sent(Job job, ImageDriver.Way way, long bytes, Instant until) {
    return sql.update(
            "update image_copy set state = 'COPYING', way = ?, sent = ?, lease_until = ?"
                + " where id = ? and fence = ?",
            way.name(),
            bytes,
            until,
            job.copy().id(),
            job.fence())
        == 1;
  }

  boolean verifying(Job job, long bytes, Instant now) {
    return sql.update(
            "update image_copy set state = 'VERIFYING', sent = ?, changed_at = ?"
                + " where id = ? and fence = ?",
            bytes,
            now,
            job.copy().id(),
            job.fence())
        == 1;
  }

  /**
   * It has been found to be the same as this, which is not ours. From then on whoever removes it as
   * his own sees to whom to hand it over.
   */
  boolean found(Job job, String glanceId) {
    return sql.update(
            "update image_copy set glance_id = ?, made = false where id = ? and fence = ?",
            glanceId,
            job.copy().id(),
            job.fence())
        == 1;
  }

  /** It is there, and is the same; what else carries our mark is looked for once more later. */
  @Transactional
  public boolean active(Job job, String glanceId, boolean made, Instant now) {
    boolean recorded =
        sql.update(
                """
                update image_copy c set state = 'ACTIVE', glance_id = ?, made = ?, trouble = null, trouble_code = null,
                  attempts = 0, wasted = 0, next_try = ?, changed_at = case when state = 'ACTIVE' then changed_at else ? end,
                  checked_at = ?, lease_until = null
                where id = ? and fence = ?
                """,
                glanceId,
                made,
                now.plus(SWEEP),
                now,
                now,
                job.copy().id(),
                job.fence())
            == 1;
    if (recorded) {
      // What was released while the lease was held is noticed here.
      sql.update(LEAVE, now, now, job.copy().id());
    }
    return recorded;
  }

  /** Nothing is to be done any more until somebody wants something. */
  boolean rest(Job job) {
    return sql.update(
            "update image_copy set next_try = null, lease_until = null where id = ? and fence = ?",
            job.copy().id(),
            job.fence())
        == 1;
  }

  /**
   * It did not work, and is tried again. What a sweep met is no trouble of what is there, nor why
   * something is not there.
   *
   * @param wasted whether it counts as sent in vain
   */
  boolean again(Job job, FaultCode code, Phrase trouble, boolean wasted, Instant next) {
    return sql.update(
            """
            update image_copy set trouble = case when state in ('ACTIVE', 'FAILED') then trouble else ?::jsonb end,
              trouble_code = case when state in ('ACTIVE', 'FAILED') then trouble_code else ? end,
              attempts = attempts + 1, wasted = wasted + ?, next_try = ?, lease_until = null
            where id = ? and fence = ?
            """,
            Sql.text(trouble),
            code.name(),
            wasted ? 1 : 0,
            next,
            job.copy().id(),
            job.fence())
        == 1;
  }

  /** It did not work, and is not tried again before it is wanted anew. */
  boolean failed(Job job, FaultCode code, Phrase trouble, Instant now) {
    return sql.update(
            "update image_copy set state = 'FAILED', trouble = ?::jsonb, trouble_code = ?,"
                + " attempts = attempts + 1, next_try = ?, changed_at = ?, glance_id = null,"
                + " checked_at = null, lease_until = null where id = ? and fence = ?",
            Sql.text(trouble),
            code.name(),
            now.plus(SWEEP),
            now,
            job.copy().id(),
            job.fence())
        == 1;
  }

  /** The cloud does not have it any more, or not as it should be. */
  boolean forget(Job job) {
    return sql.update(
            "update image_copy set glance_id = null, made = false, checked_at = null, sent = 0,"
                + " way = null where id = ? and fence = ?",
            job.copy().id(),
            job.fence())
        == 1;
  }

  /** Whether what is in a cloud is about to be removed for another image's sake. */
  boolean isLeaving(ImageCopy copy, String glanceId) {
    return !sql.query(
            "select 1 from image_copy where cloud = ? and account = ? and region = ?"
                + " and glance_id = ? and id <> ? and state in ('REMOVING', 'GONE')",
            row -> 1,
            copy.account().cloud().text(),
            copy.account().id(),
            copy.region(),
            glanceId,
            copy.id())
        .isEmpty();
  }

  /**
   * Gives what is to be removed to another of our images that has been found to be the same: it is
   * that one's to remove from then on.
   *
   * @return false when there is none, and then nothing was changed
   */
  @Transactional
  public boolean handOver(Job job) {
    ImageCopy copy = job.copy();
    Optional<UUID> heir =
        sql
            .query(
                """
                select id from image_copy where cloud = ? and account = ? and region = ? and glance_id = ? and id <> ?
                  and not made and state not in ('REMOVING', 'GONE') order by created_at limit 1 for update
                """,
                row -> row.getObject(1, UUID.class),
                copy.account().cloud().text(),
                copy.account().id(),
                copy.region(),
                copy.glanceId().orElse(null),
                copy.id())
            .stream()
            .findFirst();
    return heir.isPresent()
        && vanish(job)
        // Who works on it takes it for somebody else's, and must not record so.
        && sql.update(
                "update image_copy set made = true, mark = ?, lease_until = null, fence = fence + 1"
                    + " where id = ?",
                copy.mark(),
                heir.get())
            == 1;
  }

  /** It was removed; what comes late is looked for once more. */
  boolean gone(Job job, Instant now) {
    return sql.update(
            """
            update image_copy c set glance_id = null, made = false, checked_at = null, sent = 0, way = null,
              trouble = null, trouble_code = null, attempts = 0, wasted = 0, lease_until = null, changed_at = ?,
              state = case when exists (select 1 from image_want w where w.copy = c.id) then 'WANTED' else 'GONE' end,
              next_try = case when exists (select 1 from image_want w where w.copy = c.id) then ?::timestamptz
                else ?::timestamptz end
            where id = ? and fence = ?
            """,
            now,
            now,
            now.plus(SWEEP),
            job.copy().id(),
            job.fence())
        == 1;
  }

  /** Nothing is left of it. */
  boolean vanish(Job job) {
    return sql.update(
            "delete from image_copy c where id = ? and fence = ?"
                + " and not exists (select 1 from image_want w where w.copy = c.id)",
            job.copy().id(),
            job.fence())
        == 1;
  }

  private static ImageCopy copy(ResultSet row) throws SQLException {
    return new ImageCopy(
        row.getObject("id", UUID.class),
        new ImageId(row.getObject("image", UUID.class)),
        ProjectId.parse(row.getString("project")),
        new Account(new CloudId(row.getString("cloud")), row.getString("account")),
        row.getString("region"),
        ImageCopy.State.valueOf(row.getString("state")),
        row.getString("mark"),
        Sql.maybe(row, "glance_id"),
        row.getBoolean("made"),
        Sql.maybe(row, "way").map(ImageDriver.Way::valueOf),
        row.getLong("sent"),
        Sql.maybe(row, "trouble").map(Sql::phrase),
        Sql.maybe(row, "trouble_code").map(FaultCode::valueOf),
        row.getInt("attempts"),
        Sql.instant(row, "created_at"),
        Sql.instant(row, "changed_at"),
        Sql.maybeInstant(row, "checked_at"),
        Sql.instant(row, "last_used"));
  }
}
