package io.isthmus.domain.audit;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** Lists of records in PostgreSQL; its indexes are made for these. */
final class JdbcAuditLists {

  private static final String NEWEST_FIRST = " order by at desc, position desc limit ?";

  private final Connection connection;

  JdbcAuditLists(Connection connection) {
    this.connection = connection;
  }

  /** Conditions and what is bound in them. */
  private record Where(StringBuilder sql, List<Object> values) {
    private static Where of(AuditQuery query) {
      Where where = new Where(new StringBuilder(" where true"), new ArrayList<>());
      query.from().ifPresent(from -> where.and("at >= ?", time(from)));
      query.to().ifPresent(to -> where.and("at < ?", time(to)));
      query
          .tenant()
          .ifPresent(
              tenant ->
                  where.and("project is not null and split_part(project, '/', 1) = ?", tenant));
      query.project().ifPresent(project -> where.and("project = ?", project.toString()));
      query.name().ifPresent(name -> where.and("name = ?", name));
      query.face().ifPresent(face -> where.and("face = ?", face.text()));
      query
          .action()
          .ifPresent(action -> where.and("(action = ? or action like ?)", action, below(action)));
      query.target().ifPresent(target -> where.and("target = ?", target));
      query
          .targetId()
          .ifPresent(id -> where.and("(target_id = ? or target_id like ?)", id, below(id)));
      query.cloud().ifPresent(cloud -> where.and("cloud = ?", cloud));
      query.outcome().ifPresent(outcome -> where.and("outcome = ?", outcome.text()));
      query.request().ifPresent(request -> where.and("request = ?", request));
      query
          .text()
          .ifPresent(
              text ->
                  where.and(
                      "(name = ? or target = ? or target_id = ? or target_id like ?"
                          + " or request = ?)",
                      text,
                      text,
                      text,
                      below(text),
                      text));
      return where;
    }

    private void and(String condition, Object... bound) {
      sql.append(" and ").append(condition);
      values.addAll(List.of(bound));
    }

    private static Object time(Instant instant) {
      return instant.atOffset(ZoneOffset.UTC);
    }

    private static String below(String path) {
      return path.replace("\\", "\\\\").replace("%", "\\%").replace("_", "\\_") + "/%";
    }
  }

  List<AuditEntry> after(AuditQuery query, Optional<AuditCursor> cursor, int limit)
      throws SQLException {
    Where where = Where.of(query);
    cursor.ifPresent(
        last -> where.and("(at, position) < (?, ?)", Where.time(last.at()), last.position()));
    where.values().add(limit);
    return entries("select position, record from audit_record" + where.sql() + NEWEST_FIRST, where);
  }

  List<AuditEntry> slice(AuditQuery query, boolean oldestFirst, long skip, int limit)
      throws SQLException {
    Where where = Where.of(query);
    where.values().add(limit);
    where.values().add(skip);
    String order = oldestFirst ? " order by at, position limit ?" : NEWEST_FIRST;
    return entries(
        "select position, record from audit_record" + where.sql() + order + " offset ?", where);
  }

  /** How many there are, counted up to a limit. */
  long count(AuditQuery query, long most) throws SQLException {
    Where where = Where.of(query);
    where.values().add(most);
    try (PreparedStatement select =
            prepare(
                "select count(*) from (select 1 from audit_record"
                    + where.sql()
                    + " limit ?) as counted",
                where.values());
        ResultSet row = select.executeQuery()) {
      row.next();
      return row.getLong(1);
    }
  }

  /** Projects of which there are records, by name. */
  List<String> projects(int most) throws SQLException {
    return distinct("project", most);
  }

  /** Clouds of which there are records, by id. */
  List<String> clouds(int most) throws SQLException {
    return distinct("cloud", most);
  }

  /** Goes from one value of an index to the next, however many records have it. */
  private List<String> distinct(String column, int most) throws SQLException {
    String next = "select min(%1$s) from audit_record where %1$s > value".formatted(column);
    String sql =
        ("with recursive found (value) as (select min(%s) from audit_record"
                + " union all select (%s) from found where value is not null)"
                + " select value from found where value is not null limit ?")
            .formatted(column, next);
    try (PreparedStatement select = prepare(sql, List.of(most));
        ResultSet rows = select.executeQuery()) {
      List<String> values = new ArrayList<>();
      while (rows.next()) {
        values.add(rows.getString(1));
      }
      return values;
    }
  }

  Optional<AuditEntry> at(long position) throws SQLException {
    return entries(
            "select position, record from audit_record where position = ?",
            new Where(new StringBuilder(), List.of(position)))
        .stream()
        .findFirst();
  }

  private List<AuditEntry> entries(String sql, Where where) throws SQLException {
    List<AuditEntry> entries = new ArrayList<>();
    try (PreparedStatement select = prepare(sql, where.values());
        ResultSet rows = select.executeQuery()) {
      while (rows.next()) {
        entries.add(new AuditEntry(rows.getLong(1), rows.getString(2)));
      }
    }
    return entries;
  }

  private PreparedStatement prepare(String sql, List<Object> values) throws SQLException {
    PreparedStatement statement = connection.prepareStatement(sql);
    for (int index = 0; index < values.size(); index++) {
      statement.setObject(index + 1, values.get(index));
    }
    return statement;
  }
}
