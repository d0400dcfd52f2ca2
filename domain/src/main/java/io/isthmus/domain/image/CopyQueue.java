package io.isthmus.domain.image;

import io.isthmus.domain.database.Sql;
import io.isthmus.domain.fault.FaultCode;
import io.isthmus.domain.language.Phrase;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import jakarta.transaction.Transactional;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import javax.sql.DataSource;

/**
 * Whose turn it is to bring or remove copies, and what came of it. Any number of servers share the
 * work: each copy is taken under a lease with a fencing number, and what somebody records who has
 * lost it changes nothing.
 */
@ApplicationScoped
public class CopyQueue {

  /** What is looked for once more after it was removed, or made. */
  static final Duration SWEEP = Duration.ofMinutes(5);

  /** Worked on at the same time by all servers together; apart for what comes and what goes. */
  private static final int MOST_OF_A_CLOUD = 2;

  private Sql sql;

  @Inject
  CopyQueue(DataSource database) {
    this.sql = new Sql(database);
  }

  /** For the container's proxies. */
  protected CopyQueue() {}

  /**
   * A copy that is to be worked on, and by whose leave.
   *
   * @param wasted how often its content was sent in vain since it was wanted
   * @param waitUntil until when the cloud is waited for that works on what it has got, or downloads
   *     it; empty when it does not
   * @param streamed whether what the cloud downloads itself came to nothing
   */
  record Job(
      ImageCopy copy, long fence, int wasted, Optional<Instant> waitUntil, boolean streamed) {}

  /**
   * Takes those that are due and that nobody works on, the longest overdue first; not more of one
   * cloud than are worked on at the same time, lest one that is slow keeps others waiting.
   *
   * @param coming whether those that are to be brought, or those that are to be removed or swept
   */
  List<Job> take(boolean coming, int most, Instant until, Instant now) {
    return sql.query(
        """
        with due as materialized (
          select id from image_copy where next_try <= ? and (lease_until is null or lease_until < ?)
            and id in (select id from (
              select id, row_number() over (partition by cloud
                order by coalesce(lease_until >= ?, false) desc, next_try) as turn
              from image_copy where next_try is not null and (next_try <= ? or lease_until >= ?)
                and (state in ('WANTED', 'COPYING', 'VERIFYING')) = ?) queue where turn <= ?)
          order by next_try limit ? for update skip locked)
        update image_copy c set lease_until = ?, fence = c.fence + 1
        from due where c.id = due.id returning\s"""
            + CopyRows.COPY,
        row ->
            new Job(
                CopyRows.copy(row),
                row.getLong("fence"),
                row.getInt("wasted"),
                Sql.maybeInstant(row, "wait_until"),
                row.getBoolean("streamed")),
        now,
        now,
        now,
        now,
        now,
        coming,
        MOST_OF_A_CLOUD,
        most,
        until);
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
            update image_copy c set state = 'COPYING', sent = 0, changed_at = ?, made = true, glance_id = null,
              wait_until = null
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

  /**
   * The cloud has all of it, or has been asked to download it, and works on it.
   *
   * @param wait until when it is waited for
   */
  boolean handed(Job job, ImageDriver.Way way, long bytes, Instant wait, Instant now) {
    return sql.update(
            "update image_copy set state = ?, way = ?, sent = ?, changed_at = ?, wait_until = ?"
                + " where id = ? and fence = ?",
            way == ImageDriver.Way.WEB_DOWNLOAD ? "COPYING" : "VERIFYING",
            way.name(),
            bytes,
            now,
            wait,
            job.copy().id(),
            job.fence())
        == 1;
  }

  /**
   * The cloud works on it still, and is looked at again later, by whoever has time then.
   *
   * @param wait until when it is waited for, unless that is known already
   */
  boolean waits(Job job, Instant next, Instant wait) {
    return sql.update(
            "update image_copy set next_try = ?, wait_until = coalesce(wait_until, ?),"
                + " lease_until = null where id = ? and fence = ?",
            next,
            wait,
            job.copy().id(),
            job.fence())
        == 1;
  }

  /** What the cloud downloaded itself is of no use: its content is streamed to it, at once. */
  boolean stream(Job job, FaultCode code, Phrase trouble, Instant now) {
    return sql.update(
            """
            update image_copy set state = 'WANTED', streamed = true, glance_id = null, made = false, sent = 0,
              way = null, wait_until = null, trouble = ?::jsonb, trouble_code = ?, next_try = ?, changed_at = ?,
              checked_at = null, lease_until = null
            where id = ? and fence = ?
            """,
            Sql.text(trouble),
            code.name(),
            now,
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
                  checked_at = ?, wait_until = null, lease_until = null
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
      sql.update(CopyRows.LEAVE, now, now, job.copy().id());
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
                + " checked_at = null, wait_until = null, lease_until = null where id = ? and fence = ?",
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
                + " way = null, wait_until = null where id = ? and fence = ?",
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
              trouble = null, trouble_code = null, attempts = 0, wasted = 0, streamed = false, wait_until = null,
              lease_until = null, changed_at = ?,
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

  /** Nothing is left of it, but that its mark was ours. */
  boolean vanish(Job job) {
    return sql.update(
            """
            with gone as (
              delete from image_copy c using image i where c.id = ? and c.fence = ? and i.id = c.image
              and not exists (select 1 from image_want w where w.copy = c.id)
              returning c.mark, i.md5, i.sha256, i.sha512)
            insert into image_copy_gone (mark, md5, sha256, sha512)
              select mark, md5, sha256, sha512 from gone
              on conflict (mark) do update set gone_at = excluded.gone_at
            """,
            job.copy().id(),
            job.fence())
        == 1;
  }
}
