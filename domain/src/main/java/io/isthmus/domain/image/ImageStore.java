package io.isthmus.domain.image;

import io.isthmus.domain.access.ProjectId;
import io.isthmus.domain.json.Json;
import io.isthmus.domain.language.Phrase;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import jakarta.json.JsonObjectBuilder;
import jakarta.json.JsonString;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
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
              size, state, expected_sha256, expected_sha512, remove_unused, added_by, added_at, touched_at)
            values (?, ?, ?, ?, ?, ?, ?, ?::jsonb, ?, ?, ?, ?, ?, ?, ?, ?)
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
            image.state().name(),
            image.expected().sha256(),
            image.expected().sha512(),
            image.removeUnused(),
            image.addedBy(),
            image.addedAt(),
            image.addedAt())
        == 1;
  }

  void change(ProjectImage image) {
    sql.update(
        """
        update image set description = ?, remove_unused = ?, min_disk_gib = ?, min_ram_mib = ?,
          properties = ?::jsonb where id = ?
        """,
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
              and (writer is null or writer_until < ?)
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
                + " writer_until = null where id = ? and writer = ? and state = 'UPLOADING'",
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
                + " writer_until = null where id = ? and writer = ? and state = 'UPLOADING'",
            Sql.text(why),
            id.value(),
            writer)
        == 1;
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
        "delete from image where state = 'UPLOADING' and touched_at < ?"
            + " and (writer is null or writer_until < ?) returning id",
        ImageStore::id,
        then,
        then);
  }

  /** Uploads that nobody writes to. */
  List<ProjectImage> restingUploads(Instant now) {
    return sql.query(
        "select * from image where state = 'UPLOADING' and (writer is null or writer_until < ?)",
        ImageStore::image,
        now);
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
        ProjectImage.State.valueOf(row.getString("state")),
        Sql.maybe(row, "trouble").map(Sql::phrase),
        new ImageDigests(
            Optional.empty(), Sql.maybe(row, "expected_sha256"), Sql.maybe(row, "expected_sha512")),
        new ImageDigests(Sql.maybe(row, "md5"), Sql.maybe(row, "sha256"), Sql.maybe(row, "sha512")),
        row.getBoolean("remove_unused"),
        row.getString("added_by"),
        Sql.instant(row, "added_at"));
  }
}
