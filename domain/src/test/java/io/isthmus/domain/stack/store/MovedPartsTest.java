package io.isthmus.domain.stack.store;

import static org.assertj.core.api.Assertions.assertThat;

import io.isthmus.domain.cloud.Account;
import io.isthmus.domain.cloud.CloudId;
import io.isthmus.domain.language.Phrase;
import io.isthmus.domain.stack.PartsMoved;
import io.isthmus.domain.stack.Stack;
import io.isthmus.domain.stack.engine.TestStacks;
import io.isthmus.domain.start.TestDatabase;
import io.isthmus.domain.tenant.TenantStores;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Instant;
import java.util.Set;
import java.util.UUID;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** A cloud's word wakes the stack that has the thing, and no other. */
class MovedPartsTest {

  private static final CloudId GRA = new CloudId("gra");
  private static final String REGION = "region";

  private final TestDatabase database = TestDatabase.create();
  private final MovedParts moved = new MovedParts(database.dataSource());
  private Stack stack;

  @BeforeEach
  void fill() {
    TenantStores.withProjects(database, TestStacks.PROJECT);
    Instant now = Instant.now();
    stack = TestStacks.stack("shop", now, UUID.randomUUID());
    new TransactionPerCall(database.dataSource())
        .stacks()
        .add(
            stack,
            new TestStacks().add("web", TestStacks.SERVER, "gra").parts(now),
            Phrase.verbatim("asked"));
    database.execute(
        "update stack set status = 'CREATE_COMPLETE';"
            + " update stack_part set physical_id = 'server-1', region = '%s';".formatted(REGION)
            + " insert into cloud_operator (id, name) values ('x', 'X');"
            + " insert into cloud (id, name, operator, hue, auth_url, endpoint_interface, facts)"
            + " values ('gra', 'gra', 'x', 1, 'https://x', 'public', '{}');"
            + " insert into cloud_access (project, cloud, regions, credential)"
            + " values ('acme/demo', 'gra', '[]', 'x');"
            + " insert into cloud_look (project, cloud, inventory)"
            + " values ('acme/demo', 'gra', '{\"account\": \"mine\", \"regions\": []}')");
    rest();
  }

  @AfterEach
  void close() {
    database.close();
  }

  private void rest() {
    database.execute(
        "update stack_work set due = now() + interval '1 hour', woken = false, lease_owner = null");
  }

  private void tell(String account, String region, String physicalId) {
    moved.look(
        new PartsMoved(
            new Account(GRA, account),
            region,
            Set.of(new PartsMoved.Part(stack.id(), physicalId))));
  }

  private boolean is(String condition) {
    try (Connection connection = database.dataSource().getConnection();
        Statement statement = connection.createStatement();
        ResultSet row = statement.executeQuery("select " + condition + " from stack_work")) {
      return row.next() && row.getBoolean(1);
    } catch (SQLException e) {
      throw new IllegalStateException(e);
    }
  }

  @Test
  void theStackThatHasTheThingIsLookedAtAtOnce() {
    tell("mine", REGION, "server-1");
    assertThat(is("woken and due <= now()")).isTrue();
  }

  @Test
  void aMarkOnAnotherThingWakesNobody() {
    tell("theirs", REGION, "server-2");
    tell("mine", REGION, "server-2");
    tell("mine", "elsewhere", "server-1");
    assertThat(is("woken")).isFalse();
  }

  @Test
  void aStackThatWaitsForItsThingIsWokenFromItsOwnAccountsAlone() {
    database.execute("update stack_part set physical_id = null");
    tell("theirs", REGION, "server-1");
    assertThat(is("woken")).isFalse();
    tell("mine", REGION, "server-1");
    assertThat(is("woken")).isTrue();
  }

  @Test
  void whatMovesAllTheTimeIsLookedAtEveryTenSeconds() {
    tell("mine", REGION, "server-1");
    rest();
    tell("mine", REGION, "server-1");
    assertThat(is("woken and due between now() + interval '5 seconds' and now() + interval '10 s'"))
        .isTrue();
    tell("mine", REGION, "server-1");
    assertThat(is("due <= now() + interval '10 seconds'")).isTrue();
  }
}
