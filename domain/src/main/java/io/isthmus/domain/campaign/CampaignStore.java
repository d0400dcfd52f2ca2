package io.isthmus.domain.campaign;

import io.isthmus.domain.access.ProjectId;
import io.isthmus.domain.cloud.CloudId;
import io.isthmus.domain.database.Sql;
import io.isthmus.domain.encryption.SecretBox;
import io.isthmus.domain.json.Json;
import io.isthmus.domain.placement.Glob;
import io.isthmus.domain.placement.PlanId;
import io.isthmus.domain.stack.StackId;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import jakarta.json.JsonObject;
import jakarta.json.JsonString;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collection;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.stream.Collectors;
import javax.sql.DataSource;

/**
 * Campaigns in PostgreSQL, and whose turn it is to carry them on: each is taken under a lease with
 * a fencing number, and what somebody records who has lost it changes nothing.
 */
@ApplicationScoped
public class CampaignStore {

  private static final String COLUMNS =
      "id, name, reason, federation, projects, names, clouds, change, secret, pace, status, why,"
          + " wave, rests_until, forgiven, author, created_by, created_at, started_at, ended_at";

  private static final String ROW =
      "stack, tenant, project, name, place, wave, state, digest, shape, before, plan, healthy, why,"
          + " next_try, begun_at, ended_at, changed_at";

  private static final String TEXTS = "string_to_array(?, chr(10))";

  private Sql sql;
  private SecretBox box;

  @Inject
  CampaignStore(DataSource database, SecretBox box) {
    this.sql = new Sql(database);
    this.box = box;
  }

  /** For the container's proxies. */
  protected CampaignStore() {}

  /** A campaign that is to be carried on, and by whose leave. */
  record Turn(Campaign campaign, long fence) {}

  /** Another has the turn by now. */
  static final class TurnLost extends RuntimeException {
    private static final long serialVersionUID = 1L;

    TurnLost(UUID campaign) {
      super("the turn of campaign " + campaign + " was lost");
    }
  }

  void add(Campaign campaign, List<CampaignStack> stacks) {
    sql.update(
        "insert into campaign ("
            + COLUMNS
            + ", next_run) values (?, ?, ?, ?, "
            + TEXTS
            + ", "
            + TEXTS
            + ", "
            + TEXTS
            + ", ?, ?, ?::jsonb, ?, ?::jsonb, ?, ?::timestamptz, ?, ?::jsonb, ?, ?,"
            + " ?::timestamptz, ?::timestamptz, ?)",
        campaign.id(),
        campaign.name(),
        campaign.reason(),
        campaign.scope().federation(),
        joined(campaign.scope().projects()),
        joined(campaign.scope().names().stream().map(Glob::text).toList()),
        joined(campaign.scope().clouds().stream().map(CloudId::text).toList()),
        box.seal(campaign.change().toJson().toString(), binding(campaign.id())),
        campaign.secret(),
        campaign.pace().toJson().toString(),
        campaign.status().name(),
        campaign.why().map(Sql::text),
        campaign.wave(),
        campaign.restsUntil().map(Instant::toString),
        campaign.forgiven(),
        author(campaign.author()).toString(),
        campaign.createdBy(),
        campaign.createdAt(),
        campaign.startedAt().map(Instant::toString),
        campaign.endedAt().map(Instant::toString),
        campaign.createdAt());
    for (CampaignStack stack : stacks) {
      sql.update(
          "insert into campaign_stack (campaign, stack, tenant, project, name, place, wave, state,"
              + " healthy, changed_at) values (?, ?, ?, ?, ?, ?, ?, ?, ?, ?)",
          campaign.id(),
          stack.stack().value(),
          stack.project().tenant(),
          stack.project().project(),
          stack.name(),
          stack.place(),
          stack.wave(),
          stack.state().name(),
          stack.healthy(),
          stack.changedAt());
    }
  }

  private static String binding(UUID campaign) {
    return "campaign/" + campaign + "/change";
  }

  /** Nothing joined is no text, of which an empty array is made. */
  private static String joined(Collection<?> texts) {
    return texts.stream().map(Object::toString).collect(Collectors.joining("\n"));
  }

  /** A stack that may be meant. */
  record Found(StackId stack, ProjectId project, String name) {}

  /**
   * The stacks that are not deleted or being deleted, by project and name.
   *
   * @param limit most of those whose name is looked at by the caller
   */
  List<Found> stacks(CampaignScope scope, int limit) {
    return sql.query(
        "select s.id, s.tenant, s.project, s.name from stack s"
            + " where s.status not like 'DELETE%'"
            + " and (? or s.tenant || '/' || s.project = any("
            + TEXTS
            + ")) and (? = 0 or exists (select 1 from stack_part p where p.stack = s.id"
            + " and p.goal = 'PRESENT' and p.cloud = any("
            + TEXTS
            + "))) order by s.tenant, s.project, s.name, s.id limit ?",
        row ->
            new Found(
                new StackId(row.getObject("id", UUID.class)),
                new ProjectId(row.getString("tenant"), row.getString("project")),
                row.getString("name")),
        scope.federation(),
        joined(scope.projects()),
        scope.clouds().size(),
        joined(scope.clouds().stream().map(CloudId::text).toList()),
        limit);
  }

  Optional<Campaign> find(UUID id) {
    return sql
        .query("select " + COLUMNS + " from campaign where id = ?", this::campaign, id)
        .stream()
        .findFirst();
  }

  /** The same, which nobody else changes until the caller's transaction ends. */
  Optional<Campaign> lock(UUID id) {
    return sql
        .query("select " + COLUMNS + " from campaign where id = ? for update", this::campaign, id)
        .stream()
        .findFirst();
  }

  /**
   * The newest first.
   *
   * @param federation whether the federation's are told
   * @param projects those of which all projects are among these are told, too
   * @param after the one before, by its time and id; empty for the first page
   */
  List<Campaign> list(
      boolean federation,
      Collection<ProjectId> projects,
      Optional<Campaign.Status> status,
      Optional<CampaignPage.Position> after,
      int limit) {
    return sql.query(
        "select "
            + COLUMNS
            + " from campaign where (federation and ? or not federation and projects <@ "
            + TEXTS
            + ") and (?::text is null or status = ?::text)"
            + " and (?::timestamptz is null or (created_at, id) < (?::timestamptz, ?::uuid))"
            + " order by created_at desc, id desc limit ?",
        this::campaign,
        federation,
        joined(projects),
        status.map(Enum::name),
        status.map(Enum::name),
        after.map(position -> position.at().toString()),
        after.map(position -> position.at().toString()),
        after.map(position -> position.id().toString()),
        limit);
  }

  void remove(UUID id) {
    sql.update("delete from campaign where id = ?", id);
  }

  /**
   * What a person wishes, carried on at once. The campaign is locked.
   *
   * @param campaign as it shall be
   */
  void change(Campaign campaign, Instant now) {
    sql.update(
        "update campaign set status = ?, why = ?::jsonb, wave = ?, rests_until = ?::timestamptz,"
            + " forgiven = ?, author = ?::jsonb, started_at = ?::timestamptz,"
            + " ended_at = ?::timestamptz, next_run = ? where id = ?",
        campaign.status().name(),
        campaign.why().map(Sql::text),
        campaign.wave(),
        campaign.restsUntil().map(Instant::toString),
        campaign.forgiven(),
        author(campaign.author()).toString(),
        campaign.startedAt().map(Instant::toString),
        campaign.endedAt().map(Instant::toString),
        now,
        campaign.id());
  }

  /** What would become of its stacks is to be found out anew. */
  void forget(UUID campaign, Instant now) {
    sql.update(
        "update campaign_stack set state = 'UNSEEN', wave = 0, digest = null, shape = null,"
            + " preview = null, why = null, next_try = null, changed_at = ? where campaign = ?",
        now,
        campaign);
  }

  /** Stacks in some states are to be changed back. */
  void sendBack(UUID campaign, Set<CampaignStack.State> states, Instant now) {
    sql.update(
        "update campaign_stack set state = 'GOES_BACK', why = null, next_try = null,"
            + " changed_at = ? where campaign = ? and state = any("
            + TEXTS
            + ")",
        now,
        campaign,
        joined(states));
  }

  /** What waits to be looked at again is looked at at once. */
  void retry(UUID campaign) {
    sql.update("update campaign_stack set next_try = null where campaign = ?", campaign);
  }

  /** All stacks of one, wave by wave, without what was foreseen of them. */
  List<CampaignStack> stacks(UUID campaign) {
    return sql.query(
        "select "
            + ROW
            + ", null as preview from campaign_stack where campaign = ? order by wave, place",
        CampaignStore::stack,
        campaign);
  }

  /**
   * Some of them with what was foreseen.
   *
   * @param after the one before, by its wave and place; empty for the first page
   */
  List<CampaignStack> stacks(
      UUID campaign,
      Optional<CampaignStack.State> state,
      Optional<CampaignStackPage.Position> after,
      int limit) {
    return sql.query(
        "select "
            + ROW
            + ", preview from campaign_stack where campaign = ?"
            + " and (?::text is null or state = ?::text)"
            + " and (wave, place) > (?, ?) order by wave, place limit ?",
        CampaignStore::stack,
        campaign,
        state.map(Enum::name),
        state.map(Enum::name),
        after.map(CampaignStackPage.Position::wave).orElse(-1),
        after.map(CampaignStackPage.Position::place).orElse(-1),
        limit);
  }

  /** One of those of which it has a stack. */
  Optional<ProjectId> anyProject(UUID campaign) {
    return sql
        .query(
            "select tenant, project from campaign_stack where campaign = ? order by place limit 1",
            row -> new ProjectId(row.getString("tenant"), row.getString("project")),
            campaign)
        .stream()
        .findFirst();
  }

  /** How many stacks of each are how far. */
  Map<UUID, Map<CampaignStack.State, Integer>> counts(Collection<UUID> campaigns) {
    Map<UUID, Map<CampaignStack.State, Integer>> counts = new HashMap<>();
    sql.query(
        "select campaign, state, count(*) as stacks from campaign_stack"
            + " where campaign::text = any("
            + TEXTS
            + ") group by campaign, state",
        row ->
            counts
                .computeIfAbsent(
                    row.getObject("campaign", UUID.class),
                    none -> new EnumMap<>(CampaignStack.State.class))
                .put(CampaignStack.State.valueOf(row.getString("state")), row.getInt("stacks")),
        joined(campaigns));
    return counts;
  }

  /** The campaign that is due first and that nobody carries on. */
  Optional<Turn> take(Instant until, Instant now) {
    return sql
        .query(
            // Joined otherwise it may be asked again and again, and take more than one.
            "with due as materialized (select id from campaign"
                + " where next_run <= ? and (lease_until is null or lease_until < ?)"
                + " order by next_run limit 1 for update skip locked)"
                + " update campaign c set lease_until = ?, fence = c.fence + 1"
                + " from due where c.id = due.id returning c.*",
            row -> new Turn(campaign(row), row.getLong("fence")),
            now,
            now,
            until)
        .stream()
        .findFirst();
  }

  /**
   * Holds the turn for longer if a person has wished for nothing else meanwhile. Within a
   * transaction nobody else can wish before its end.
   *
   * @return false when the campaign has another status by now
   * @throws TurnLost when another has it
   */
  boolean goOn(Turn turn, Instant until) {
    boolean goesOn =
        sql.update(
                "update campaign set lease_until = ? where id = ? and fence = ? and status = ?",
                until,
                turn.campaign().id(),
                turn.fence(),
                turn.campaign().status().name())
            == 1;
    if (!goesOn) {
      requireOne(
          turn,
          sql.update(
              "update campaign set lease_until = ? where id = ? and fence = ?",
              until,
              turn.campaign().id(),
              turn.fence()));
    }
    return goesOn;
  }

  /**
   * Gives the turn back. What a person has wished for meanwhile is carried out at once.
   *
   * @param now as it is now, unless a person has wished for another status meanwhile
   * @param next when it is looked at again; empty when nothing is left to do
   * @return false when a person has wished for something else meanwhile
   */
  boolean release(Turn turn, Campaign now, Optional<Instant> next, Instant at) {
    int same =
        sql.update(
            "update campaign set lease_until = null, next_run = ?::timestamptz, status = ?,"
                + " why = ?::jsonb, wave = ?, rests_until = ?::timestamptz, secret = ?,"
                + " started_at = ?::timestamptz, ended_at = ?::timestamptz"
                + " where id = ? and fence = ? and status = ?",
            next.map(Instant::toString),
            now.status().name(),
            now.why().map(Sql::text),
            now.wave(),
            now.restsUntil().map(Instant::toString),
            now.secret(),
            now.startedAt().map(Instant::toString),
            now.endedAt().map(Instant::toString),
            turn.campaign().id(),
            turn.fence(),
            turn.campaign().status().name());
    if (same == 0) {
      sql.update(
          "update campaign set lease_until = null, next_run = ? where id = ? and fence = ?",
          at,
          turn.campaign().id(),
          turn.fence());
    }
    return same == 1;
  }

  /**
   * Writes how far a stack is; what was foreseen of it stays when there is nothing new.
   *
   * @throws TurnLost when another has the turn; then nothing is written
   */
  void write(Turn turn, CampaignStack stack) {
    requireOne(
        turn,
        sql.update(
            """
            update campaign_stack set wave = ?, state = ?, digest = ?, shape = ?,
              preview = coalesce(?::jsonb, preview), before = ?::uuid, plan = ?::uuid, healthy = ?,
              why = ?::jsonb, next_try = ?::timestamptz, begun_at = ?::timestamptz,
              ended_at = ?::timestamptz, changed_at = ?
            where campaign = ? and stack = ?
              and exists (select 1 from campaign where id = ? and fence = ?)
            """,
            stack.wave(),
            stack.state().name(),
            stack.digest(),
            stack.shape(),
            stack.preview().map(preview -> preview.toJson().toString()),
            stack.before().map(plan -> plan.value().toString()),
            stack.plan().map(plan -> plan.value().toString()),
            stack.healthy(),
            stack.why().map(Sql::text),
            stack.nextTry().map(Instant::toString),
            stack.begunAt().map(Instant::toString),
            stack.endedAt().map(Instant::toString),
            stack.changedAt(),
            turn.campaign().id(),
            stack.stack().value(),
            turn.campaign().id(),
            turn.fence()));
  }

  private static void requireOne(Turn turn, int written) {
    if (written != 1) {
      throw new TurnLost(turn.campaign().id());
    }
  }

  private static JsonObject author(Campaign.Author author) {
    return Json.createObjectBuilder()
        .add("subject", author.subject())
        .add("name", author.name())
        .add("organizations", Json.createArrayBuilder(author.organizations()))
        .build();
  }

  private static Campaign.Author toAuthor(JsonObject json) {
    return new Campaign.Author(
        json.getString("subject"),
        json.getString("name"),
        Set.copyOf(json.getJsonArray("organizations").getValuesAs(JsonString::getString)));
  }

  private Campaign campaign(ResultSet row) throws SQLException {
    UUID id = row.getObject("id", UUID.class);
    return new Campaign(
        id,
        row.getString("name"),
        row.getString("reason"),
        new CampaignScope(
            row.getBoolean("federation"),
            texts(row, "projects").stream().map(ProjectId::parse).toList(),
            texts(row, "names").stream().map(Glob::new).toList(),
            texts(row, "clouds").stream().map(CloudId::new).toList()),
        CampaignChange.of(Sql.object(box.open(row.getString("change"), binding(id)))),
        row.getBoolean("secret"),
        CampaignPace.of(Sql.object(row.getString("pace"))),
        Campaign.Status.valueOf(row.getString("status")),
        Sql.maybe(row, "why").map(Sql::phrase),
        row.getInt("wave"),
        Sql.maybeInstant(row, "rests_until"),
        row.getInt("forgiven"),
        toAuthor(Sql.object(row.getString("author"))),
        row.getString("created_by"),
        Sql.instant(row, "created_at"),
        Sql.maybeInstant(row, "started_at"),
        Sql.maybeInstant(row, "ended_at"));
  }

  private static List<String> texts(ResultSet row, String column) throws SQLException {
    return new ArrayList<>(Arrays.asList((String[]) row.getArray(column).getArray()));
  }

  private static CampaignStack stack(ResultSet row) throws SQLException {
    return new CampaignStack(
        new StackId(row.getObject("stack", UUID.class)),
        new ProjectId(row.getString("tenant"), row.getString("project")),
        row.getString("name"),
        row.getInt("place"),
        row.getInt("wave"),
        CampaignStack.State.valueOf(row.getString("state")),
        Sql.maybe(row, "digest"),
        Sql.maybe(row, "shape"),
        Sql.maybe(row, "preview").map(text -> StackPreview.of(Sql.object(text))),
        plan(row, "before"),
        plan(row, "plan"),
        row.getBoolean("healthy"),
        Sql.maybe(row, "why").map(Sql::phrase),
        Sql.maybeInstant(row, "next_try"),
        Sql.maybeInstant(row, "begun_at"),
        Sql.maybeInstant(row, "ended_at"),
        Sql.instant(row, "changed_at"));
  }

  private static Optional<PlanId> plan(ResultSet row, String column) throws SQLException {
    return Optional.ofNullable(row.getObject(column, UUID.class)).map(PlanId::new);
  }
}
