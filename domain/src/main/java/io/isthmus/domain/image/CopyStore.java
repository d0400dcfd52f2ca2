package io.isthmus.domain.image;

import io.isthmus.domain.access.ProjectId;
import io.isthmus.domain.cloud.Account;
import io.isthmus.domain.cloud.CloudId;
import io.isthmus.domain.database.Sql;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import jakarta.transaction.Transactional;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import javax.sql.DataSource;

/**
 * Where images are, and who needs them there. What is to be brought or removed is noted here, and
 * done by who takes it from {@link CopyQueue}.
 */
@ApplicationScoped
public class CopyStore {

  /** A copy whose digest the cloud told less long ago is not asked for again. */
  private static final Duration CHECKED = Duration.ofMinutes(1);

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
          trouble_code = null, wait_until = null, lease_until = null, fence = fence + 1
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
                    + CopyRows.COPY
                    + " from image_copy c join image i on i.id = c.image where c.image = ?"
                    + " and i.project = ? and i.state = 'READY' and c.cloud = ? and c.account = ?"
                    + " and c.region = ? for update of c",
                CopyRows::copy,
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
      sql.update(CopyRows.LEAVE, now, now, copy);
    }
  }

  /** No part of a stack needs any copy any more. Safe to repeat. */
  @Transactional
  public void releaseAll(UUID stack, Instant now) {
    record There(CloudId cloud, String region, Need need) {}

    sql.query(
            "select c.cloud, c.region, w.resource, w.generation from image_want w"
                + " join image_copy c on c.id = w.copy where w.stack = ?",
            row ->
                new There(
                    new CloudId(row.getString("cloud")),
                    row.getString("region"),
                    new Need(stack, row.getString("resource"), row.getInt("generation"))),
            stack)
        .forEach(there -> release(there.cloud(), there.region(), there.need(), now));
  }

  /** The copies that parts of a stack need in a region, by part. */
  public Map<Need, ImageCopy> needed(UUID stack, CloudId cloud, String region) {
    Map<Need, ImageCopy> needed = new HashMap<>();
    sql.query(
            "select "
                + CopyRows.COPY
                + ", w.stack, w.resource, w.generation from image_copy c join image_want w"
                + " on w.copy = c.id where w.stack = ? and c.cloud = ? and c.region = ?",
            row ->
                Map.entry(
                    new Need(
                        row.getObject("stack", UUID.class),
                        row.getString("resource"),
                        row.getInt("generation")),
                    CopyRows.copy(row)),
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
            + CopyRows.COPY
            + " from image_copy c where c.project = ? order by c.cloud, c.region, c.account",
        CopyRows::copy,
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
}
