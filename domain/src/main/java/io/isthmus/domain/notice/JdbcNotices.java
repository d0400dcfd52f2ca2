package io.isthmus.domain.notice;

import io.isthmus.domain.access.ProjectId;
import io.isthmus.domain.cloud.CloudId;
import io.isthmus.domain.json.Json;
import io.isthmus.domain.language.Phrase;
import io.isthmus.domain.language.PhraseJson;
import io.isthmus.domain.stack.StackId;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import java.io.StringReader;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import javax.sql.DataSource;

/**
 * Notices in PostgreSQL: of stacks their own events, of clouds what was kept when they changed, of
 * credentials what the last look showed, of all else what was told. Each reader's place is a
 * moment.
 */
@ApplicationScoped
public class JdbcNotices implements NoticeStore {

  private static final int KEPT_DAYS = 30;
  private static final int MOST_COUNTED = 100;

  private static final String STACKS =
      """
      select case when event.status like '%_FAILED' then 'STACK_FAILED' else 'STACK_DONE' end as kind,
        event.at, event.stack, stack.name, null as cloud, event.phrase, event.position as place,
        event.tenant || '/' || event.project as project, null as subject
      from stack_event as event join stack on stack.id = event.stack
      where event.tenant = ? and event.project = ? and event.resource is null
        and event.status in ('CREATE_COMPLETE', 'CREATE_FAILED', 'UPDATE_COMPLETE', 'UPDATE_FAILED',
          'ROLLBACK_COMPLETE', 'ROLLBACK_FAILED', 'CHECK_COMPLETE', 'CHECK_FAILED', 'SUSPEND_COMPLETE',
          'SUSPEND_FAILED', 'RESUME_COMPLETE', 'RESUME_FAILED', 'DELETE_COMPLETE', 'DELETE_FAILED', 'ADOPT_COMPLETE', 'ADOPT_FAILED')
      """;

  private static final String CLOUDS =
      """
      select kind, at, null::uuid as stack, null as name, cloud, phrase, id as place, project,
        null as subject
      from cloud_notice
      """;

  /** It is news from when the warning begins until the credential is replaced. */
  private static final String CREDENTIALS =
      """
      select 'CREDENTIAL_EXPIRES' as kind,
        (inventory ->> 'credentialExpires')::timestamptz - interval '%1$s days' as at,
        null::uuid as stack, null as name, cloud,
        jsonb_build_object('key', 'notice.credential-expires',
          'arguments', jsonb_build_array(cloud, inventory ->> 'credentialExpires')) as phrase,
        0 as place, project, null as subject
      from cloud_look
      where (inventory ->> 'credentialExpires')::timestamptz - interval '%1$s days' <= now()
      """
          .formatted(Notices.EXPIRY_WARNING.toDays());

  private static final String TOLD =
      """
      select kind, at, null::uuid as stack, null as name, null as cloud, phrase, id as place, project,
        subject
      from told_notice
      """;

  /** How the subject of a notice that was told is kept. */
  private static final String QUOTA_REQUEST = "quota-request:";

  private static final String BUDGET = "budget";
  private static final String WEBHOOK = "webhook:";
  private static final String CAMPAIGN = "campaign:";

  private static final String OF_PROJECT =
      "("
          + STACKS
          + " union all "
          + CLOUDS
          + " where project = ? union all "
          + CREDENTIALS
          + " and project = ? union all "
          + TOLD
          + " where audience = 'PROJECT' and project = ?) as notice";

  private static final String OF_FEDERATION =
      "("
          + CLOUDS
          + " union all "
          + CREDENTIALS
          + " union all "
          + TOLD
          + " where audience = 'FEDERATION') as notice";

  private DataSource database;

  @Inject
  public JdbcNotices(DataSource database) {
    this.database = database;
  }

  /** For the container's proxies. */
  protected JdbcNotices() {}

  @Override
  public List<Notice> list(
      Audience audience, NoticeQuery query, Instant seenUntil, long skip, int limit) {
    List<Object> values = of(audience);
    String direction = query.oldestFirst() ? "" : " desc";
    String sql =
        "select * from "
            + all(audience)
            + conditions(query, seenUntil, values)
            + " order by at"
            + direction
            + ", place"
            + direction
            + ", kind limit ? offset ?";
    values.add(limit);
    values.add(skip);
    return query(sql, JdbcNotices::notice, values);
  }

  @Override
  public long count(Audience audience, NoticeQuery query, Instant seenUntil) {
    List<Object> values = of(audience);
    String sql = "select count(*) from " + all(audience) + conditions(query, seenUntil, values);
    return query(sql, row -> row.getLong(1), values).get(0);
  }

  @Override
  public Optional<Instant> newest(Audience audience) {
    return query(
            "select at from " + all(audience) + " order by at desc limit 1",
            row -> row.getObject("at", OffsetDateTime.class).toInstant(),
            of(audience))
        .stream()
        .findFirst();
  }

  /**
   * @param values to which theirs are added
   */
  private static String conditions(NoticeQuery query, Instant seenUntil, List<Object> values) {
    StringBuilder sql =
        new StringBuilder(" where ")
            .append(query.words().condition("phrase", "name, cloud, project"));
    values.addAll(query.words().values());
    query
        .kind()
        .ifPresent(
            kind -> {
              sql.append(" and kind = ?");
              values.add(kind.name());
            });
    if (query.onlyNew()) {
      sql.append(" and at > ?");
      values.add(time(seenUntil));
    }
    return sql.toString();
  }

  @Override
  public int unseen(Audience audience, String reader) {
    return query(
            "select count(*) from (select 1 from "
                + all(audience)
                + " where at > ? limit ?) as counted",
            row -> row.getInt(1),
            of(audience, time(seenUntil(audience, reader)), MOST_COUNTED))
        .get(0);
  }

  @Override
  public Instant seenUntil(Audience audience, String reader) {
    return query(
            "select until from notice_seen where project = ? and reader = ?",
            row -> row.getObject("until", OffsetDateTime.class).toInstant(),
            List.of(audience.key(), reader))
        .stream()
        .findFirst()
        .orElse(Instant.EPOCH);
  }

  @Override
  public void seen(Audience audience, String reader, Instant until) {
    update(
        "insert into notice_seen as known (project, reader, until) values (?, ?, ?)"
            + " on conflict (project, reader)"
            + " do update set until = greatest(known.until, excluded.until)",
        audience.key(),
        reader,
        time(until));
  }

  @Override
  public void add(ProjectId project, CloudId cloud, Notice.Kind kind, Phrase phrase, Instant at) {
    update(
        "insert into cloud_notice (project, cloud, kind, phrase, at)"
            + " values (?, ?, ?, cast(? as jsonb), ?)",
        project.toString(),
        cloud.text(),
        kind.name(),
        PhraseJson.write(phrase).toString(),
        time(at));
    update(
        "delete from cloud_notice where project = ? and at < ? - ? * interval '1 day'",
        project.toString(),
        time(at),
        KEPT_DAYS);
  }

  @Override
  public void tell(Audience audience, Notice notice) {
    update(
        "insert into told_notice (project, audience, kind, subject, phrase, at)"
            + " values (?, ?, ?, ?, cast(? as jsonb), ?)",
        notice.project().toString(),
        audience.project().isPresent() ? "PROJECT" : "FEDERATION",
        notice.kind().name(),
        text(notice.subject()),
        PhraseJson.write(notice.phrase()).toString(),
        time(notice.at()));
    update(
        "delete from told_notice where project = ? and at < ? - ? * interval '1 day'",
        notice.project().toString(),
        time(notice.at()),
        KEPT_DAYS);
  }

  private static String all(Audience audience) {
    return audience.project().isPresent() ? OF_PROJECT : OF_FEDERATION;
  }

  /** The project in each of the parts, then what comes behind them. */
  private static List<Object> of(Audience audience, Object... more) {
    List<Object> values = new ArrayList<>();
    audience
        .project()
        .ifPresent(
            project ->
                values.addAll(
                    List.of(
                        project.tenant(),
                        project.project(),
                        project.toString(),
                        project.toString(),
                        project.toString())));
    values.addAll(List.of(more));
    return values;
  }

  private static OffsetDateTime time(Instant instant) {
    return instant.atOffset(ZoneOffset.UTC);
  }

  private static Notice notice(ResultSet row) throws SQLException {
    return new Notice(
        Notice.Kind.valueOf(row.getString("kind")),
        row.getObject("at", OffsetDateTime.class).toInstant(),
        ProjectId.parse(row.getString("project")),
        subject(row),
        PhraseJson.read(Json.createReader(new StringReader(row.getString("phrase"))).readObject()));
  }

  private static NoticeSubject subject(ResultSet row) throws SQLException {
    UUID stack = row.getObject("stack", UUID.class);
    if (stack != null) {
      return new NoticeSubject.OfStack(new StackId(stack), row.getString("name"));
    }
    String told = row.getString("subject");
    return told == null
        ? new NoticeSubject.OfCloud(new CloudId(row.getString("cloud")))
        : subject(told, ProjectId.parse(row.getString("project")));
  }

  private static NoticeSubject subject(String told, ProjectId project) {
    if (told.startsWith(QUOTA_REQUEST)) {
      return new NoticeSubject.OfQuotaRequest(
          UUID.fromString(told.substring(QUOTA_REQUEST.length())), project);
    }
    if (told.startsWith(WEBHOOK)) {
      return new NoticeSubject.OfWebhook(UUID.fromString(told.substring(WEBHOOK.length())));
    }
    if (told.startsWith(CAMPAIGN)) {
      return new NoticeSubject.OfCampaign(UUID.fromString(told.substring(CAMPAIGN.length())));
    }
    if (told.equals(BUDGET)) {
      return new NoticeSubject.OfBudget(project);
    }
    throw new IllegalStateException("a notice is about " + told);
  }

  private static String text(NoticeSubject subject) {
    if (subject instanceof NoticeSubject.OfQuotaRequest of) {
      return QUOTA_REQUEST + of.request();
    }
    if (subject instanceof NoticeSubject.OfWebhook of) {
      return WEBHOOK + of.webhook();
    }
    if (subject instanceof NoticeSubject.OfCampaign of) {
      return CAMPAIGN + of.campaign();
    }
    if (subject instanceof NoticeSubject.OfBudget) {
      return BUDGET;
    }
    throw new IllegalArgumentException("kept elsewhere: notices about " + subject);
  }

  private interface Row<T> {
    T read(ResultSet row) throws SQLException;
  }

  private <T> List<T> query(String sql, Row<T> row, List<Object> values) {
    try (Connection connection = database.getConnection();
        PreparedStatement statement = connection.prepareStatement(sql)) {
      bind(statement, values.toArray());
      List<T> found = new ArrayList<>();
      try (ResultSet rows = statement.executeQuery()) {
        while (rows.next()) {
          found.add(row.read(rows));
        }
      }
      return found;
    } catch (SQLException e) {
      throw new IllegalStateException("cannot read notices: " + e.getMessage(), e);
    }
  }

  private void update(String sql, Object... values) {
    try (Connection connection = database.getConnection();
        PreparedStatement statement = connection.prepareStatement(sql)) {
      bind(statement, values);
      statement.executeUpdate();
    } catch (SQLException e) {
      throw new IllegalStateException("cannot keep notices: " + e.getMessage(), e);
    }
  }

  private static void bind(PreparedStatement statement, Object... values) throws SQLException {
    for (int i = 0; i < values.length; i++) {
      statement.setObject(i + 1, values[i]);
    }
  }
}
