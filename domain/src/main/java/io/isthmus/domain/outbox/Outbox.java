package io.isthmus.domain.outbox;

import io.isthmus.domain.access.ProjectId;
import io.isthmus.domain.json.Json;
import io.isthmus.domain.language.Phrase;
import io.isthmus.domain.language.PhraseJson;
import jakarta.json.JsonArrayBuilder;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.List;
import java.util.UUID;

/**
 * The stream of changes of each project, and of the federation. Changes are numbered without gaps,
 * and what has a lower number can be read before what has a higher one: a number is taken under the
 * lock of its stream, which a transaction takes after all others.
 */
public final class Outbox {

  /** Of the changes that the federation's administrators are told. */
  public static final String FEDERATION = "federation";

  private Outbox() {}

  /** The text form of reasons. */
  public static String reasons(List<Phrase> reasons) {
    JsonArrayBuilder all = Json.createArrayBuilder();
    reasons.forEach(reason -> all.add(PhraseJson.write(reason)));
    return all.build().toString();
  }

  /** A stack does better or worse than before; within the transaction that writes it. */
  public static void stackHealth(
      Connection connection,
      ProjectId project,
      UUID stack,
      String name,
      String before,
      String after,
      List<Phrase> reasons,
      Instant at)
      throws SQLException {
    try (PreparedStatement insert =
        connection.prepareStatement(
            """
            with counted as (
              insert into state_stream as s (stream, last) values (?, 1)
              on conflict (stream) do update set last = s.last + 1 returning stream, last)
            insert into state_change (stream, position, kind, project, stack, stack_name, before, after, reasons, at)
            select stream, last, 'STACK_HEALTH', stream, ?, ?, ?, ?, ?::jsonb, ? from counted
            """)) {
      insert.setString(1, project.toString());
      insert.setObject(2, stack);
      insert.setString(3, name);
      insert.setString(4, before);
      insert.setString(5, after);
      insert.setString(6, reasons(reasons));
      insert.setObject(7, at.atOffset(ZoneOffset.UTC));
      insert.executeUpdate();
    }
  }
}
