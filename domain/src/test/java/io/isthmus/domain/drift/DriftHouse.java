package io.isthmus.domain.drift;

import io.isthmus.domain.json.Json;
import io.isthmus.domain.language.Phrase;
import io.isthmus.domain.mirror.MirrorItem;
import io.isthmus.domain.mirror.MirrorKind;
import io.isthmus.domain.mirror.StackMirror;
import io.isthmus.domain.mirror.StackMirrors;
import io.isthmus.domain.stack.DesiredPart;
import io.isthmus.domain.stack.Lease;
import io.isthmus.domain.stack.PartState;
import io.isthmus.domain.stack.Stack;
import io.isthmus.domain.stack.StackChange;
import io.isthmus.domain.stack.StackEvent;
import io.isthmus.domain.stack.StackHealth;
import io.isthmus.domain.stack.StackId;
import io.isthmus.domain.stack.StackPart;
import io.isthmus.domain.stack.StackStatus;
import io.isthmus.domain.stack.StackStore;
import io.isthmus.domain.stack.engine.TestStacks;
import io.isthmus.domain.stack.store.TransactionPerCall;
import io.isthmus.domain.start.TestDatabase;
import jakarta.json.JsonObject;
import jakarta.json.JsonString;
import java.io.StringReader;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.Callable;

/** Drift over a real database, with a mirror that tests fill themselves. */
final class DriftHouse {

  static final Instant MADE = Instant.parse("2026-11-25T00:00:00Z");
  static final String READ = "2026-11-25T00:01:00Z";

  /**
   * Compares a server's size, and its name where it tells so, and remembers its address where none
   * was given.
   */
  static final class Sizes implements PartComparison {
    @Override
    public Set<String> types() {
      return Set.of(TestStacks.SERVER);
    }

    @Override
    public MirrorKind kind() {
      return MirrorKind.SERVER;
    }

    @Override
    public JsonObject chosen(DesiredPart part, MirrorItem item, Surroundings around) {
      return Json.createObjectBuilder().add("address", text(item.details(), "address")).build();
    }

    @Override
    public Compared compare(
        DesiredPart part, JsonObject chosen, MirrorItem item, Surroundings around) {
      List<PropertyDrift> drifts = new ArrayList<>();
      for (String property : List.of("size", "address")) {
        String expected = text(property.equals("size") ? part.properties() : chosen, property);
        String found = text(item.details(), property);
        if (!expected.equals(found)) {
          drifts.add(PropertyDrift.changed(property, expected, found));
        }
      }
      if (item.details().containsKey("named") && !part.physicalName().equals(item.name())) {
        drifts.add(PropertyDrift.changed("name", part.physicalName(), item.name()));
      }
      return new Compared(
          drifts, item.details().containsKey("truncated") ? Set.of("rest") : Set.of());
    }

    private static String text(JsonObject object, String name) {
      return object.get(name) instanceof JsonString text ? text.getString() : "";
    }
  }

  final TestDatabase database;
  final TransactionPerCall transactions;
  final StackStore stacks;
  final DriftStore drifts;
  final StackMirror mirror;
  final DriftComparison comparison;
  final DriftPass pass;
  TestStacks made = new TestStacks();

  DriftHouse(TestDatabase database) {
    this.database = database;
    transactions = new TransactionPerCall(database.dataSource());
    stacks = transactions.stacks();
    drifts = new DriftStore(transactions.dataSource());
    mirror = StackMirrors.of(transactions.dataSource());
    comparison =
        new DriftComparison(
            drifts,
            transactions.inOneTransaction(),
            mirror,
            () -> stack -> made.graph(),
            List.of(new Sizes()),
            Clock.systemUTC());
    pass = new DriftPass(drifts, comparison);
    database.execute(
        "insert into cloud_operator (id, name) values ('x', 'X');"
            + " insert into cloud (id, name, operator, hue, auth_url, endpoint_interface, facts)"
            + " values ('gra', 'gra', 'x', 1, 'https://x', 'public', '{}')");
    leads("acme/demo", "mine");
  }

  /** Lets a project's access lead into an account of the cloud. */
  void leads(String project, String account) {
    database.execute(
        ("insert into cloud_access (project, cloud, regions, credential) values ('%1$s', 'gra',"
                + " '[]', 'x'); insert into cloud_look (project, cloud, inventory) values ('%1$s',"
                + " 'gra', '{\"account\": \"%2$s\", \"regions\": [{\"region\": \"R1\", \"services\":"
                + " [{\"type\": \"compute\"}], \"flavors\": [{\"id\": \"7\", \"name\": \"m1.small\"}]}]}')")
            .formatted(project, account));
  }

  /** A list of servers, read whole at a time. */
  void list(String account, String readAt) {
    database.execute(
        ("insert into mirror_list (cloud, account, region, kind, kept, read_at, changed_at) values"
                + " ('gra', '%s', 'R1', 'SERVER', 'WHOLE', %s, clock_timestamp())")
            .formatted(account, readAt == null ? "null" : "'" + readAt + "'"));
  }

  /** What the mirror tells of one thing from now on, with the stack's mark. */
  void tells(String account, StackId stack, String id, String details) {
    database.execute(
        ("insert into mirror_item (list, id, name, status, mark, stack, resource, generation,"
                + " details, digest) select id, '%2$s', 'web', 'ACTIVE', 'm', '%3$s', 'web', 1,"
                + " '%4$s', sha256('%4$s') from mirror_list where account = '%1$s'"
                + " on conflict (list, id) do update set details = excluded.details,"
                + " digest = excluded.digest;"
                + " update mirror_list set changed_at = clock_timestamp() where account = '%1$s'")
            .formatted(account, id, stack, details));
  }

  /** A stack with a finished server. */
  Stack stack(String name, String given) {
    Stack stack = TestStacks.stack(name, MADE, UUID.randomUUID());
    made.add("web", TestStacks.SERVER, "gra");
    List<StackPart> parts =
        new TestStacks()
            .add("web", TestStacks.SERVER, "gra").parts(MADE).stream()
                .map(part -> part.with(finished(part.state(), "server-" + name, given)))
                .toList();
    stacks.add(stack, parts, Phrase.verbatim("asked"));
    database.execute(
        "update stack set status = 'CREATE_COMPLETE' where id = '%s'".formatted(stack.id()));
    return stack;
  }

  private static PartState finished(PartState state, String id, String given) {
    JsonObject properties = Json.createReader(new StringReader(given)).readObject();
    return state
        .asking(StackStatus.CREATING, Optional.of(properties), MADE)
        .known(Optional.of(id), Optional.of("ACTIVE"), JsonObject.EMPTY_JSON_OBJECT, MADE)
        .in(StackStatus.CREATED, StackHealth.HEALTHY, MADE);
  }

  /** A stack's server was given something else in place. */
  void updated(Stack stack, String given, Instant at) {
    StackPart part = stacks.parts(stack.id()).get(0);
    JsonObject properties = Json.createReader(new StringReader(given)).readObject();
    StackPart asked =
        part.becoming(part.spec()).asked(part.state().askingToUpdate(properties, at), 2, Set.of());
    StackPart arrived =
        asked.arrived(asked.state().in(StackStatus.UPDATED, StackHealth.HEALTHY, at), Set.of());
    Lease lease = stacks.lease("one", at, Duration.ofMinutes(1)).orElseThrow();
    stacks.write(lease, new StackChange(Optional.empty(), List.of(arrived), List.of()), at);
    stacks.release(lease, Optional.of(at));
    status(stack, "UPDATE_COMPLETE");
  }

  void status(Stack stack, String status) {
    database.execute(
        "update stack set status = '%s' where id = '%s'".formatted(status, stack.id()));
  }

  /** All lists were read whole then. */
  void read(Instant at) {
    database.execute("update mirror_list set read_at = '%s'".formatted(at));
  }

  @SuppressWarnings("unchecked")
  <T> T inTransaction(Callable<T> work) {
    try {
      return (T) transactions.around(Callable.class, work).call();
    } catch (RuntimeException e) {
      throw e;
    } catch (Exception e) {
      throw new IllegalStateException(e);
    }
  }

  int run() {
    return inTransaction(pass::run);
  }

  List<String> story(Stack stack) {
    return stacks.events(stack.id(), 1, 500).stream()
        .map(StackEvent::phrase)
        .map(phrase -> phrase.in(Locale.ENGLISH))
        .toList();
  }

  long count(String table) {
    try (Connection connection = database.dataSource().getConnection();
        Statement statement = connection.createStatement();
        ResultSet row = statement.executeQuery("select count(*) from " + table)) {
      row.next();
      return row.getLong(1);
    } catch (SQLException e) {
      throw new IllegalStateException(table, e);
    }
  }
}
