package io.isthmus.domain.mirror;

import io.isthmus.domain.cloud.CloudId;
import io.isthmus.domain.metrics.MirrorFigures;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import java.time.Duration;
import java.util.List;
import javax.sql.DataSource;

/** Adds up what the lists tell of themselves; no item is counted for it. */
@ApplicationScoped
public class JdbcMirrorFigures implements MirrorFigures {

  private DataSource database;

  @Inject
  JdbcMirrorFigures(DataSource database) {
    this.database = database;
  }

  /** For the container's proxies. */
  protected JdbcMirrorFigures() {}

  @Override
  public List<OfCloud> read() {
    String sql =
        """
        with doubtful as materialized (%s)
        select cloud, sum(count) as items, sum(strays)::int as strays,
          count(problem)::int as failing,
          coalesce(extract(epoch from now() - min(read_at)), 0) as age,
          (select count(*)::int from doubtful where doubtful.cloud = list.cloud) as doubtful
        from mirror_list as list group by cloud order by cloud
        """
            .formatted(ReservationCheck.DOUBTFUL);
    return MirrorTables.on(
        database,
        "count what is mirrored",
        connection ->
            MirrorTables.query(
                connection,
                sql,
                row ->
                    new OfCloud(
                        new CloudId(row.getString("cloud")),
                        row.getLong("items"),
                        row.getInt("strays"),
                        row.getInt("failing"),
                        Duration.ofMillis(Math.round(row.getDouble("age") * 1000)),
                        row.getInt("doubtful"))));
  }
}
