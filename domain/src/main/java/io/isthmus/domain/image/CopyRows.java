package io.isthmus.domain.image;

import io.isthmus.domain.access.ProjectId;
import io.isthmus.domain.cloud.Account;
import io.isthmus.domain.cloud.CloudId;
import io.isthmus.domain.database.Sql;
import io.isthmus.domain.fault.FaultCode;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.UUID;

/** What those who know copies have in common. */
final class CopyRows {

  /** The columns of a copy, of which {@link #copy} makes one; the table goes by {@code c}. */
  static final String COPY =
      "c.id, c.image, c.project, c.cloud, c.account, c.region, c.state, c.mark, c.glance_id, c.made,"
          + " c.way, c.sent, c.trouble, c.trouble_code, c.attempts, c.created_at, c.changed_at,"
          + " c.checked_at, c.last_used, c.fence, c.wasted,"
          + " c.wait_until, c.streamed";

  /**
   * Nobody needs it any more: what is not done is not worth doing, the rest is its owner's choice.
   */
  static final String LEAVE =
      """
      update image_copy c set state = 'REMOVING', next_try = ?, changed_at = ?, attempts = 0, lease_until = null,
        fence = fence + 1
      where c.id = ? and not exists (select 1 from image_want w where w.copy = c.id)
        and (c.state in ('WANTED', 'COPYING', 'VERIFYING')
          or c.state = 'ACTIVE' and c.made and (select remove_unused from image i where i.id = c.image))
      """;

  private CopyRows() {}

  static ImageCopy copy(ResultSet row) throws SQLException {
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
