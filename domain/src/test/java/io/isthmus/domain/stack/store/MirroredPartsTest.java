package io.isthmus.domain.stack.store;

import static org.assertj.core.api.Assertions.assertThat;

import io.isthmus.domain.language.Phrase;
import io.isthmus.domain.mirror.ReservationCheck;
import io.isthmus.domain.mirror.ReservationCheck.Doubtful;
import io.isthmus.domain.stack.Lease;
import io.isthmus.domain.stack.Stack;
import io.isthmus.domain.stack.StackChange;
import io.isthmus.domain.stack.StackHealth;
import io.isthmus.domain.stack.StackPart;
import io.isthmus.domain.stack.StackStatus;
import io.isthmus.domain.stack.StackStore;
import io.isthmus.domain.stack.engine.TestStacks;
import io.isthmus.domain.start.TestDatabase;
import io.isthmus.domain.tenant.TenantStores;
import io.isthmus.domain.usage.Observation;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** What the mirror knows of a stack's resources: reservations that leak, and when a part ended. */
class MirroredPartsTest {

  private static final Instant NOW = Instant.now().truncatedTo(ChronoUnit.SECONDS);
  private static final Instant MADE = NOW.minusSeconds(3600);

  private final TestDatabase database = TestDatabase.create();
  private final List<Observation> metered = new ArrayList<>();
  private final StackStore store =
      new TransactionPerCall(database.dataSource()).metered(metered::addAll);
  private final ReservationCheck check = new ReservationCheck(database.dataSource());
  private Stack stack;
  private StackPart web;

  @BeforeEach
  void fill() {
    TenantStores.withProjects(database, TestStacks.PROJECT);
    stack = TestStacks.stack("shop", MADE, UUID.randomUUID());
    List<StackPart> parts = new TestStacks().add("web", TestStacks.SERVER, "gra").parts(MADE);
    store.add(stack, parts, Phrase.verbatim("asked"));
    web = parts.get(0);
    database.execute(
        "insert into cloud_operator (id, name) values ('x', 'X');"
            + " insert into cloud (id, name, operator, hue, auth_url, endpoint_interface, facts)"
            + " values ('gra', 'gra', 'x', 1, 'https://x', 'public', '{}');"
            + " insert into cloud_access (project, cloud, regions, credential)"
            + " values ('acme/demo', 'gra', '[]', 'x');"
            + " insert into cloud_look (project, cloud, state, seen_at, inventory) values"
            + " ('acme/demo', 'gra', 'REACHABLE', now(), '{\"account\": \"mine\", \"regions\":"
            + " [{\"region\": \"%1$s\", \"services\": [{\"type\": \"compute\"}]}]}');"
                .formatted(web.id().region())
            + " update stack_work set due = now() + interval '1 hour', lease_owner = null");
  }

  @AfterEach
  void close() {
    database.close();
  }

  private void mirrored(String account) {
    database.execute(
        "insert into mirror_list (cloud, account, region, kind, read_at) values"
            + " ('gra', '%s', '%s', 'SERVER', now());".formatted(account, web.id().region())
            + " insert into mirror_item (list, id, name, mark, stack, resource, generation, digest)"
            + " select id, 's-1', 'web', '[isthmus:x]', '%s', '%s', %d, '' from mirror_list"
                .formatted(stack.id(), web.id().resource(), web.key().generation()));
  }

  @Test
  void aReservationOfWhatItsCloudHasIsFoundAndItsStackWorkedOn() {
    assertThat(check.find()).isEmpty();
    mirrored("mine");
    assertThat(check.find())
        .containsExactly(
            new Doubtful(
                stack.id(), web.id().resource(), web.id().cloud(), web.id().region(), true));
    assertThat(check.check()).isEqualTo(1);
    assertThat(is("select woken and due <= now() from stack_work")).isTrue();

    // The stack's look finds it by its mark.
    database.execute("update stack_part set physical_id = 's-1'");
    assertThat(check.check()).isZero();
  }

  @Test
  void whatIsOnItsWayOrMarkedInAnAccountOfOthersIsNone() {
    mirrored("theirs");
    assertThat(check.find()).isEmpty();
    database.execute("update mirror_list set account = 'mine'");
    assertThat(check.find()).hasSize(1);
    database.execute("update stack_part set updated_at = now()");
    assertThat(check.find()).isEmpty();
  }

  @Test
  void aReservationOfAStackOnWhichNobodyWorksIsFound() {
    database.execute("update stack_work set due = null");
    assertThat(check.find()).singleElement().satisfies(one -> assertThat(one.twice()).isFalse());
    database.execute("delete from stack_work");
    assertThat(check.check()).isEqualTo(1);
    assertThat(is("select count(*) = 1 and bool_and(due <= now()) from stack_work")).isTrue();
    database.execute(
        "update stack_work set lease_owner = 'me', lease_until = now() + interval '1 minute'");
    assertThat(check.find()).isEmpty();
    database.execute(
        "update stack_work set lease_until = null, due = null;"
            + " update stack set status = 'CREATE_FAILED'");
    assertThat(check.find()).as("wants nothing more, and reserves nothing").isEmpty();
  }

  @Test
  void whatEndedBehindOurBackEndedWhenTheCloudSaidSo() {
    database.execute("update stack_work set due = now() - interval '1 hour'");
    Lease lease = store.lease("me", NOW, Duration.ofMinutes(1)).orElseThrow();
    StackPart made =
        web.with(
            web.state()
                .known(Optional.of("s-1"), Optional.empty(), web.state().attributes(), MADE)
                .in(StackStatus.CREATED, StackHealth.UNKNOWN, MADE));
    write(lease, made);
    assertThat(metered).singleElement().satisfies(one -> assertThat(one.exists()).isTrue());
    Instant told = NOW.minusSeconds(90);
    database.execute(
        "insert into mirror_gone (stack, cloud, region, physical_id, gone_at) values"
            + " ('%s', 'gra', '%s', 's-1', '%s')".formatted(stack.id(), web.id().region(), told));
    write(lease, made);
    assertThat(metered)
        .as("the stack's own look says whether it is there")
        .allSatisfy(one -> assertThat(one.exists()).isTrue())
        .allSatisfy(one -> assertThat(one.at()).isEqualTo(NOW));

    metered.clear();
    StackPart missing = made.with(made.state().healthy(StackHealth.UNKNOWN, Optional.of(NOW), NOW));
    for (int i = 0; i < 2; i++) {
      write(lease, missing);
    }
    assertThat(metered)
        .hasSize(2)
        .allSatisfy(
            one -> {
              assertThat(one.exists()).isFalse();
              assertThat(one.at()).isEqualTo(told);
            });
    database.execute("update mirror_gone set gone_at = now() + interval '1 hour'");
    metered.clear();
    write(lease, missing);
    assertThat(metered.get(0).at()).as("never later than the look").isEqualTo(NOW);
  }

  private void write(Lease lease, StackPart part) {
    store.write(lease, new StackChange(Optional.empty(), List.of(part), List.of()), NOW);
  }

  private boolean is(String question) {
    try (Connection connection = database.dataSource().getConnection();
        Statement statement = connection.createStatement();
        ResultSet row = statement.executeQuery(question)) {
      return row.next() && row.getBoolean(1);
    } catch (SQLException e) {
      throw new IllegalStateException(e);
    }
  }
}
