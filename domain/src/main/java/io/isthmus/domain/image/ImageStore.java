package io.isthmus.domain.image;

import io.isthmus.domain.access.ProjectId;
import io.isthmus.domain.database.Sql;
import io.isthmus.domain.json.Json;
import io.isthmus.domain.language.Phrase;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import jakarta.json.JsonObjectBuilder;
import jakarta.json.JsonString;
import jakarta.transaction.Transactional;
import java.net.URI;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.TreeMap;
import java.util.UUID;
import javax.sql.DataSource;

/** Images in PostgreSQL, without their content. */
@ApplicationScoped
public class ImageStore {

  private Sql sql;

  @Inject
  ImageStore(DataSource database) {
    this.sql = new Sql(database);
  }

  /** For the container's proxies. */
  protected ImageStore() {}

  /** All of a project, by name. */
  List<ProjectImage> list(ProjectId project) {
    return sql.query(
        "select * from image where project = ? order by name collate \"C\", added_at",
        ImageStore::image,
        project.toString());
  }

  Optional<ProjectImage> find(ProjectId project, ImageId id) {
    return sql
        .query(
            "select * from image where project = ? and id = ?",
            ImageStore::image,
            project.toString(),
            id.value())
        .stream()
        .findFirst();
  }

  /** Whatever its project; not for what a caller asks. */
  Optional<ProjectImage> find(ImageId id) {
    return sql.query("select * from image where id = ?", ImageStore::image, id.value()).stream()
        .findFirst();
  }

  /** Until the end of the transaction no stack begins to need it. */
  void lock(ImageId id) {
    sql.query("select 1 from image where id = ? for update", row -> 1, id.value());
  }

  /** How many a project has, and their bytes. */
  record Kept(int count, long bytes) {}

  /**
   * What a project keeps; what is deleted takes room for as long as somebody writes it. Until the
   * end of the transaction nobody else counts that of the same project, so that no two take the
   * last room.
   */
  Kept kept(ProjectId project) {
    sql.query("select 1 from project where id = ? for no key update", row -> 1, project.toString());
    return sql.query(
            "select count(*), coalesce(sum(size) filter (where state <> 'REFUSED'), 0) from image"
                + " where project = ? and (state <> 'DELETING' or writer is not null)",
            row -> new Kept(row.getInt(1), row.getLong(2)),
            project.toString())
        .get(0);
  }

  /**
   * @return false when the name is taken
   */
  boolean add(ProjectImage image) {
    return sql.update(
            """
            insert into image (id, project, name, description, disk_format, min_disk_gib, min_ram_mib, properties,
              size, state, expected_sha256, expected_sha512, remove_unused, added_by, added_at, touched_at, source,
              read_next)
            values (?, ?, ?, ?, ?, ?, ?, ?::jsonb, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)
            on conflict (project, name) where state <> 'DELETING' do nothing
            """,
            image.id().value(),
            image.project().toString(),
            image.name(),
            image.description(),
            image.format().text(),
            image.minDiskGiB(),
            image.minRamMiB(),
            json(image.properties()),
            image.size(),
            state(image.state()),
            image.expected().sha256(),
            image.expected().sha512(),
            image.removeUnused(),
            image.addedBy(),
            image.addedAt(),
            image.addedAt(),
            image.source().map(URI::toString),
            image.source().map(source -> image.addedAt()))
        == 1;
  }

  /**
   * Whether another of the project has that name; until the end of the transaction none gets it.
   */
  boolean isTaken(ProjectId project, String name, ImageId but) {
    sql.query("select 1 from project where id = ? for no key update", row -> 1, project.toString());
    return !sql.query(
            "select 1 from image where project = ? and name = ? and id <> ? and state <> 'DELETING'",
            row -> 1,
            project.toString(),
            name,
            but.value())
        .isEmpty();
  }

  void change(ProjectImage image) {
    sql.update(
        """
        update image set name = ?, description = ?, remove_unused = ?, min_disk_gib = ?, min_ram_mib = ?,
          properties = ?::jsonb where id = ?
        """,
        image.name(),
        image.description(),
        image.removeUnused(),
        image.minDiskGiB(),
        image.minRamMiB(),
        json(image.properties()),
        image.id().value());
  }

  /**
   * Becomes the one who writes its content.
   *
   * @return false when another does, or nobody may any more
   */
  boolean beginWriting(ImageId id, String writer, Instant until, Instant now) {
    return sql.update(
            """
            update image set writer = ?, writer_until = ?, touched_at = ? where id = ? and state = 'UPLOADING'
              and source is null and (writer is null or writer_until < ?)
            """,
            writer,
            until,
            now,
            id.value(),
            now)
        == 1;
  }

  /**
   * @return false when it is another's to write
   */
  boolean goOnWriting(ImageId id, String writer, Instant until, Instant now) {
    return sql.update(
            "update image set writer_until = ?, touched_at = ? where id = ? and writer = ?"
                + " and state = 'UPLOADING'",
            until,
            now,
            id.value(),
            writer)
        == 1;
  }

  void endWriting(ImageId id, String writer) {
    sql.update(
        "update image set writer = null, writer_until = null where id = ? and writer = ?",
        id.value(),
        writer);
  }

  /**
   * All of its content is here.
   *
   * @return false when it is another's to write
   */
  boolean ready(ImageId id, String writer, ImageDigests digests) {
    return sql.update(
            "update image set state = 'READY', md5 = ?, sha256 = ?, sha512 = ?, writer = null,"
                + " writer_until = null, read_next = null, trouble = null where id = ? and writer = ? and state = 'UPLOADING'",
            digests.md5(),
            digests.sha256(),
            digests.sha512(),
            id.value(),
            writer)
        == 1;
  }

  /**
   * Its content is not what it should be.
   *
   * @return false when it is another's to write
   */
  boolean refused(ImageId id, String writer, Phrase why) {
    return sql.update(
            "update image set state = 'REFUSED', trouble = ?::jsonb, writer = null,"
                + " writer_until = null, read_next = null where id = ? and writer = ? and state = 'UPLOADING'",
            Sql.text(why),
            id.value(),
            writer)
        == 1;
  }

  /**
   * An image to be read at its address.
   *
   * @param reader who reads it
   * @param tries how often it was begun in vain
   */
  record Reading(ProjectImage image, String reader, int tries) {}

  /** Takes one that is to be read, the longest overdue first; of each project one at a time. */
  Optional<Reading> takeReading(String reader, Instant until, Instant now) {
    return sql
        .query(
            """
            with due as materialized (
              select id from image w where state = 'UPLOADING' and read_next <= ?
                and (writer is null or writer_until < ?)
                and not exists (select 1 from image other where other.project = w.project
                  and other.read_next is not null and other.writer_until >= ?)
              order by read_next limit 1 for update skip locked)
            update image i set writer = ?, writer_until = ?, touched_at = ?, read_bytes = 0
            from due where i.id = due.id returning i.*
            """,
            row -> new Reading(image(row), reader, row.getInt("read_tries")),
            now,
            now,
            now,
            reader,
            until,
            now)
        .stream()
        .findFirst();
  }

  /**
   * @return false when it is another's to read, or is not wanted any more
   */
  boolean goOnReading(Reading reading, long bytes, Instant until, Instant now) {
    return sql.update(
            "update image set read_bytes = ?, writer_until = ?, touched_at = ? where id = ?"
                + " and writer = ? and state = 'UPLOADING'",
            bytes,
            until,
            now,
            reading.image().id().value(),
            reading.reader())
        == 1;
  }

  /**
   * Counts what stands at an address as what the project keeps.
   *
   * @param total bytes that all of a project may have
   * @return bytes of its others if there is no room; then nothing was changed
   */
  @Transactional
  public OptionalLong reserve(Reading reading, long size, long total) {
    ProjectImage image = reading.image();
    sql.query(
        "select 1 from project where id = ? for no key update",
        row -> 1,
        image.project().toString());
    long others =
        sql.query(
                "select coalesce(sum(size), 0) from image where project = ? and id <> ?"
                    + " and state <> 'REFUSED' and (state <> 'DELETING' or writer is not null)",
                row -> row.getLong(1),
                image.project().toString(),
                image.id().value())
            .get(0);
    if (others + size > total) {
      return OptionalLong.of(others);
    }
    sql.update(
        "update image set size = ? where id = ? and writer = ? and state = 'UPLOADING'",
        size,
        image.id().value(),
        reading.reader());
    return OptionalLong.empty();
  }

  /**
   * It is read again, from its beginning. What this try took for its size is forgotten: only what
   * was told when it was added holds for the next.
   */
  void readAgain(Reading reading, Optional<Phrase> trouble, Instant next) {
    sql.update(
        """
        update image set writer = null, writer_until = null, read_next = ?, read_tries = read_tries + ?,
          size = ?, trouble = coalesce(?::jsonb, trouble) where id = ? and writer = ? and state = 'UPLOADING'
        """,
        next,
        trouble.isPresent() ? 1 : 0,
        reading.image().size(),
        trouble.map(Sql::text),
        reading.image().id().value(),
        reading.reader());
  }

  /** It goes when its copies are gone. */
  void leave(ImageId id) {
    sql.update("update image set state = 'DELETING' where id = ?", id.value());
  }

  /**
   * Those that go. No copy reads their content any more, though some wait for a cloud to remove
   * them.
   */
  List<ImageId> leaving() {
    return sql.query("select id from image where state = 'DELETING'", ImageStore::id);
  }

  /**
   * Those that go and have no copies any more; their rows are gone now. While one is written, what
   * is written takes room, and it is waited for.
   *
   * @param then whose turn to write was over then does not write any more
   */
  List<ImageId> forgetLeft(Instant then) {
    return sql.query(
        "delete from image i where state = 'DELETING' and (writer is null or writer_until < ?)"
            + " and not exists (select 1 from image_copy c where c.image = i.id) returning id",
        ImageStore::id,
        then);
  }

  /** Uploads of which nothing has come since then; their rows are gone now. */
  List<ImageId> forgetAbandoned(Instant then) {
    return sql.query(
        "delete from image where state = 'UPLOADING' and source is null and touched_at < ?"
            + " and (writer is null or writer_until < ?) returning id",
        ImageStore::id,
        then,
        then);
  }

  /** Uploads that nobody writes to. */
  List<ProjectImage> restingUploads(Instant now) {
    return sql.query(
        "select * from image where state = 'UPLOADING' and source is null"
            + " and (writer is null or writer_until < ?)",
        ImageStore::image,
        now);
  }

  /** What is read at its address is an upload of which nothing has come, to the version before. */
  private static String state(ProjectImage.State state) {
    return state == ProjectImage.State.READING ? ProjectImage.State.UPLOADING.name() : state.name();
  }

  private static ProjectImage.State state(String text, Optional<URI> source) {
    ProjectImage.State state = ProjectImage.State.valueOf(text);
    return state == ProjectImage.State.UPLOADING && source.isPresent()
        ? ProjectImage.State.READING
        : state;
  }

  private static ImageId id(ResultSet row) throws SQLException {
    return new ImageId(row.getObject("id", UUID.class));
  }

  private static String json(Map<String, String> properties) {
    JsonObjectBuilder json = Json.createObjectBuilder();
    properties.forEach(json::add);
    return json.build().toString();
  }

  private static ProjectImage image(ResultSet row) throws SQLException {
    Map<String, String> properties = new TreeMap<>();
    Sql.object(row.getString("properties"))
        .forEach((key, value) -> properties.put(key, ((JsonString) value).getString()));
    Optional<URI> source = Sql.maybe(row, "source").map(URI::create);
    return new ProjectImage(
        id(row),
        ProjectId.parse(row.getString("project")),
        row.getString("name"),
        row.getString("description"),
        DiskFormat.find(row.getString("disk_format")).orElseThrow(),
        row.getLong("min_disk_gib"),
        row.getLong("min_ram_mib"),
        properties,
        row.getLong("size"),
        state(row.getString("state"), source),
        Sql.maybe(row, "trouble").map(Sql::phrase),
        new ImageDigests(
            Optional.empty(), Sql.maybe(row, "expected_sha256"), Sql.maybe(row, "expected_sha512")),
        new ImageDigests(Sql.maybe(row, "md5"), Sql.maybe(row, "sha256"), Sql.maybe(row, "sha512")),
        row.getBoolean("remove_unused"),
        row.getString("added_by"),
        Sql.instant(row, "added_at"),
        source,
        row.getLong("read_bytes"));
  }
}
