package io.isthmus.domain.stack.store;

import io.isthmus.domain.access.ProjectId;
import io.isthmus.domain.cloud.CloudId;
import io.isthmus.domain.cloud.LimitKind;
import io.isthmus.domain.cloud.Measure;
import io.isthmus.domain.cloud.Place;
import io.isthmus.domain.encryption.SecretBox;
import io.isthmus.domain.fault.FaultCode;
import io.isthmus.domain.json.Json;
import io.isthmus.domain.placement.PartId;
import io.isthmus.domain.placement.PlanId;
import io.isthmus.domain.placement.Refusal;
import io.isthmus.domain.stack.Claim;
import io.isthmus.domain.stack.Deviation;
import io.isthmus.domain.stack.DriftChoice;
import io.isthmus.domain.stack.PartKey;
import io.isthmus.domain.stack.PartState;
import io.isthmus.domain.stack.Stack;
import io.isthmus.domain.stack.StackCourse;
import io.isthmus.domain.stack.StackDrift;
import io.isthmus.domain.stack.StackEvent;
import io.isthmus.domain.stack.StackId;
import io.isthmus.domain.stack.StackPart;
import io.isthmus.domain.stack.StackRevision;
import io.isthmus.domain.stack.StackStatus;
import io.isthmus.domain.template.DeletionPolicy;
import io.isthmus.domain.template.TemplateSource;
import io.isthmus.domain.trace.RequestId;
import jakarta.json.JsonObject;
import jakarta.json.JsonReader;
import java.io.StringReader;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.Set;
import java.util.UUID;
import java.util.stream.Collectors;

/** Rows to values and back; seals what is secret, bound to its stack and column. */
final class StackRows {

  static final String INSERT_STACK =
      """
      insert into stack (id, tenant, project, name, template, files, registry, key_pairs, images, parameters, computed, policy,
        plan, status, reason, health, action_since, version, last_event, created_at, updated_at,
        created_by, request_id, revision, back, rolls_back, suspended)
      values (?, ?, ?, ?, ?, ?::jsonb, ?::jsonb, ?::jsonb, ?::jsonb, ?, ?, ?, ?, ?, ?::jsonb, ?::jsonb, ?, ?, ?, ?, ?, ?, ?,
        ?, ?::integer, ?, ?)
      on conflict (tenant, project, name) where status <> 'DELETE_COMPLETE' do nothing
      """;

  static final String UPDATE_SOURCES =
      """
      update stack set template = ?, files = ?::jsonb, registry = ?::jsonb, key_pairs = ?::jsonb,
        images = ?::jsonb, parameters = ?, computed = ?, policy = ?, plan = ? where id = ?
      """;

  static final String WRITE_PART =
      """
      insert into stack_part (stack, resource, cloud, region, generation, type, availability_zone,
        resolutions, requires, counts, measure, deletion_policy, goal, status, health, physical_id, cloud_status,
        attributes, properties, trouble, attempts, replacements, next_try, since, missing_since,
        updated_at, next, upon, revision, before, came_as)
      values (?, ?, ?, ?, ?, ?, ?, ?::jsonb, ?::jsonb, ?::jsonb, ?::jsonb, ?, ?, ?, ?::jsonb, ?, ?, ?, ?, ?::jsonb,
        ?, ?, ?::timestamptz, ?, ?::timestamptz, ?, ?::jsonb, ?::jsonb, ?, ?, ?)
      on conflict (stack, resource, cloud, region, generation) do update set
        goal = excluded.goal, status = excluded.status, health = excluded.health,
        type = excluded.type, availability_zone = excluded.availability_zone,
        resolutions = excluded.resolutions, requires = excluded.requires, counts = excluded.counts,
        measure = excluded.measure, deletion_policy = excluded.deletion_policy,
        physical_id = excluded.physical_id, cloud_status = excluded.cloud_status,
        attributes = excluded.attributes, properties = excluded.properties,
        trouble = excluded.trouble, attempts = excluded.attempts,
        replacements = excluded.replacements, next_try = excluded.next_try,
        since = excluded.since, missing_since = excluded.missing_since,
        updated_at = excluded.updated_at, next = excluded.next, upon = excluded.upon,
        revision = excluded.revision, before = excluded.before, came_as = excluded.came_as
      """;

  /** With indexes of their own for what is not complete and for what has become so lately. */
  static final String CLAIMS =
      """
      select s.tenant, s.project, p.stack, p.cloud, p.region,
        s.status in ('CREATE_IN_PROGRESS', 'UPDATE_IN_PROGRESS', 'ROLLBACK_IN_PROGRESS') as pursued, p.status,
        p.physical_id is not null as made, p.since, p.updated_at, p.counts, p.next -> 'counts' as next_counts
      from stack s join stack_part p on p.stack = s.id
      where (p.goal = 'PRESENT' and p.counts <> '{}'
          and (p.status in ('INIT_COMPLETE', 'CREATE_IN_PROGRESS') or p.since >= ?)
        or p.goal = 'PRESENT' and p.next is not null
        or p.goal = 'OUTGOING' and p.counts <> '{}' and p.since >= ?)
      """;

  private final SecretBox box;

  StackRows(SecretBox box) {
    this.box = box;
  }

  Object[] values(Stack stack) {
    return new Object[] {
      stack.id().value(),
      stack.project().tenant(),
      stack.project().project(),
      stack.name(),
      stack.template().text(),
      StackJson.texts(stack.template().files()).toString(),
      StackJson.texts(stack.template().registry()).toString(),
      StackJson.texts(stack.template().keyPairs()).toString(),
      StackJson.images(stack.template().images()).toString(),
      seal(stack.id(), "parameters", stack.parameters()),
      seal(stack.id(), "computed", stack.computed()),
      stack.policy(),
      stack.plan().value(),
      stack.status().toString(),
      StackJson.of(stack.reason()).toString(),
      StackJson.of(stack.health()).toString(),
      stack.actionSince(),
      stack.version(),
      stack.lastEvent(),
      stack.createdAt(),
      stack.updatedAt(),
      stack.createdBy(),
      stack.request().text(),
      stack.course().revision(),
      back(stack.course()),
      stack.course().rollsBack(),
      stack.course().suspended()
    };
  }

  Object[] sources(Stack stack) {
    return new Object[] {
      stack.template().text(),
      StackJson.texts(stack.template().files()).toString(),
      StackJson.texts(stack.template().registry()).toString(),
      StackJson.texts(stack.template().keyPairs()).toString(),
      StackJson.images(stack.template().images()).toString(),
      seal(stack.id(), "parameters", stack.parameters()),
      seal(stack.id(), "computed", stack.computed()),
      stack.policy(),
      stack.plan().value(),
      stack.id().value()
    };
  }

  static Optional<Integer> back(StackCourse course) {
    return course.back().stream().boxed().findFirst();
  }

  private static StackCourse course(ResultSet row) throws SQLException {
    Integer back = row.getObject("back", Integer.class);
    return new StackCourse(
        row.getInt("revision"),
        back == null ? OptionalInt.empty() : OptionalInt.of(back),
        row.getBoolean("rolls_back"),
        row.getBoolean("suspended"));
  }

  Stack stack(ResultSet row) throws SQLException {
    StackId id = new StackId(row.getObject("id", UUID.class));
    return new Stack(
        id,
        new ProjectId(row.getString("tenant"), row.getString("project")),
        row.getString("name"),
        new TemplateSource(
            row.getString("template"),
            StackJson.texts(row.getString("files")),
            StackJson.texts(row.getString("registry")),
            StackJson.texts(row.getString("key_pairs")),
            StackJson.images(row.getString("images"))),
        open(id, "parameters", row.getString("parameters")),
        open(id, "computed", row.getString("computed")),
        row.getString("policy"),
        new PlanId(row.getObject("plan", UUID.class)),
        StackStatus.parse(row.getString("status")),
        StackJson.phrase(StackJson.object(row.getString("reason"))),
        StackJson.health(row.getString("health")),
        Sql.instant(row, "action_since"),
        row.getLong("version"),
        row.getLong("last_event"),
        Sql.instant(row, "created_at"),
        Sql.instant(row, "updated_at"),
        row.getString("created_by"),
        new RequestId(row.getString("request_id")),
        course(row));
  }

  Object[] values(StackId stack, StackPart part) {
    PartState state = part.state();
    return new Object[] {
      stack.value(),
      part.id().resource(),
      part.id().cloud().text(),
      part.id().region(),
      part.key().generation(),
      part.type(),
      part.availabilityZone(),
      StackJson.resolutions(part.resolutions()).toString(),
      StackJson.parts(part.requires()).toString(),
      LimitKind.write(part.counts()).toString(),
      part.measure().map(measure -> measure.write().toString()),
      part.deletionPolicy().name(),
      part.goal().name(),
      state.status().toString(),
      StackJson.of(state.health()).toString(),
      state.physicalId(),
      state.cloudStatus(),
      seal(stack, "attributes", state.attributes()),
      state.properties().map(properties -> seal(stack, "properties", properties)),
      state.trouble().map(trouble -> StackJson.of(trouble).toString()),
      state.attempts(),
      state.replacements(),
      state.nextTry(),
      state.since(),
      state.missingSince(),
      state.updatedAt(),
      part.next().map(next -> SpecJson.of(next).toString()),
      SpecJson.keys(part.upon()).toString(),
      part.revision(),
      state.before().map(before -> seal(stack, "before", before)),
      state.cameAs()
    };
  }

  StackPart part(ResultSet row) throws SQLException {
    StackId stack = new StackId(row.getObject("stack", UUID.class));
    PartState state =
        new PartState(
            StackStatus.parse(row.getString("status")),
            StackJson.health(row.getString("health")),
            Sql.maybe(row, "physical_id"),
            Sql.maybe(row, "cloud_status"),
            open(stack, "attributes", row.getString("attributes")),
            Sql.maybe(row, "properties").map(envelope -> open(stack, "properties", envelope)),
            Sql.maybe(row, "trouble").map(StackJson::trouble),
            row.getInt("attempts"),
            row.getInt("replacements"),
            Sql.maybeInstant(row, "next_try"),
            Sql.instant(row, "since"),
            Sql.maybeInstant(row, "missing_since"),
            Sql.instant(row, "updated_at"),
            Sql.maybe(row, "before").map(envelope -> open(stack, "before", envelope)),
            Sql.maybe(row, "came_as"));
    Set<PartId> requires = StackJson.parts(row.getString("requires"));
    return new StackPart(
        new PartKey(partId(row), row.getInt("generation")),
        row.getString("type"),
        Sql.maybe(row, "availability_zone"),
        StackJson.resolutions(row.getString("resolutions")),
        requires,
        LimitKind.read(StackJson.object(row.getString("counts"))),
        Sql.maybe(row, "measure").map(StackJson::object).map(Measure::read),
        DeletionPolicy.valueOf(row.getString("deletion_policy")),
        StackPart.Goal.valueOf(row.getString("goal")),
        state,
        Sql.maybe(row, "next").map(StackJson::object).map(SpecJson::spec),
        Sql.maybe(row, "upon").map(SpecJson::keys).orElseGet(() -> whichever(requires)),
        row.getInt("revision"));
  }

  /** Of what was made before the generations were kept. */
  private static Set<PartKey> whichever(Set<PartId> requires) {
    return requires.stream().map(id -> new PartKey(id, 0)).collect(Collectors.toSet());
  }

  /** A revision's content, sealed. */
  String content(StackId stack, StackRevision revision) {
    return seal(stack, "revision/" + revision.number(), SpecJson.of(revision));
  }

  /** What {@link #content} sealed. */
  StackRevision revision(StackId stack, int number, PlanId plan, String content) {
    return SpecJson.revision(number, plan, open(stack, "revision/" + number, content));
  }

  /** What was known of a stack when it was abandoned, sealed. */
  String document(StackId stack, JsonObject document) {
    return seal(stack, "abandonment", document);
  }

  /** What {@link #document(StackId, JsonObject)} sealed. */
  JsonObject document(StackId stack, String envelope) {
    return open(stack, "abandonment", envelope);
  }

  /** A version that does not know of putting right reads that what vanishes is made anew. */
  static String onDrift(DriftChoice choice) {
    return choice.makesAnew() ? DriftChoice.REPLACE_VANISHED.name() : choice.name();
  }

  static DriftChoice onDrift(ResultSet row) throws SQLException {
    DriftChoice choice = DriftChoice.valueOf(row.getString("on_drift"));
    return choice.makesAnew() && row.getBoolean("puts_right") ? DriftChoice.REPAIR : choice;
  }

  static PartKey partKey(ResultSet row) throws SQLException {
    return new PartKey(partId(row), row.getInt("generation"));
  }

  /** Of a part's row among what differs. */
  static List<Deviation> deviations(ResultSet row) throws SQLException {
    try (JsonReader reader = Json.createReader(new StringReader(row.getString("properties")))) {
      return reader.readArray().getValuesAs(JsonObject.class).stream()
          .map(
              one ->
                  new Deviation(
                      one.getString("property"),
                      Optional.ofNullable(one.get("expected")),
                      Optional.ofNullable(one.get("found")),
                      Optional.ofNullable(one.getString("item", null)),
                      Instant.parse(one.getString("since")),
                      one.getInt("tries", 0)))
          .toList();
    }
  }

  static StackDrift drift(ResultSet row) throws SQLException {
    return new StackDrift(onDrift(row), row.getInt("drifted"), row.getInt("untold"));
  }

  static Claim claim(ResultSet row) throws SQLException {
    StackStatus status = StackStatus.parse(row.getString("status"));
    Map<LimitKind, Long> counts = LimitKind.read(StackJson.object(row.getString("counts")));
    Optional<Map<LimitKind, Long>> grown =
        Sql.maybe(row, "next_counts").map(text -> LimitKind.read(StackJson.object(text)));
    return new Claim(
        new ProjectId(row.getString("tenant"), row.getString("project")),
        new StackId(row.getObject("stack", UUID.class)),
        Place.inRegion(new CloudId(row.getString("cloud")), row.getString("region")),
        row.getBoolean("pursued"),
        grown.isPresent() && status.isWhole() ? StackStatus.INIT : status,
        grown.isEmpty() && row.getBoolean("made"),
        Sql.instant(row, "since"),
        Sql.instant(row, "updated_at"),
        grown.map(more -> Claim.growth(counts, more)).orElse(counts));
  }

  static StackEvent event(ResultSet row) throws SQLException {
    return new StackEvent(
        new StackId(row.getObject("stack", UUID.class)),
        row.getLong("sequence"),
        Sql.instant(row, "at"),
        row.getString("resource") == null ? Optional.empty() : Optional.of(partId(row)),
        StackStatus.parse(row.getString("status")),
        Sql.maybe(row, "physical_id"),
        StackJson.phrase(StackJson.object(row.getString("phrase"))),
        Sql.maybe(row, "request_id").map(RequestId::new),
        Sql.maybe(row, "cloud_request_id"));
  }

  static Refusal refusal(ResultSet row) throws SQLException {
    String zone = row.getString("availability_zone");
    CloudId cloud = new CloudId(row.getString("cloud"));
    String region = row.getString("region");
    return new Refusal(
        row.getString("resource"),
        zone.isEmpty() ? Place.inRegion(cloud, region) : Place.inZone(cloud, region, zone),
        FaultCode.valueOf(row.getString("code")),
        StackJson.phrase(StackJson.object(row.getString("reason"))),
        Sql.instant(row, "at"));
  }

  private static PartId partId(ResultSet row) throws SQLException {
    return new PartId(
        row.getString("resource"), new CloudId(row.getString("cloud")), row.getString("region"));
  }

  private String seal(StackId stack, String column, JsonObject secret) {
    return box.seal(secret.toString(), "stack/" + stack + "/" + column);
  }

  private JsonObject open(StackId stack, String column, String envelope) {
    return StackJson.object(box.open(envelope, "stack/" + stack + "/" + column));
  }
}
