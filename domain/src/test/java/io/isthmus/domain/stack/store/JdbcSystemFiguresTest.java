package io.isthmus.domain.stack.store;

import static org.assertj.core.api.Assertions.assertThat;

import io.isthmus.domain.language.Phrase;
import io.isthmus.domain.metrics.SystemFigures;
import io.isthmus.domain.stack.StackStore;
import io.isthmus.domain.stack.engine.TestStacks;
import io.isthmus.domain.start.TestDatabase;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.junit.jupiter.api.Test;

class JdbcSystemFiguresTest {

  @Test
  void countsStacksByStatusAndWhatIsDueAndHeld() {
    try (TestDatabase database = TestDatabase.create()) {
      TransactionPerCall transactions = new TransactionPerCall(database.dataSource());
      SystemFigures figures =
          transactions.around(
              SystemFigures.class, new JdbcSystemFigures(transactions.dataSource()));
      StackStore store = transactions.stacks();
      assertThat(figures.read().stacks()).isEmpty();
      assertThat(figures.read().lag()).isZero();

      Instant now = Instant.now();
      Instant before = now.minusSeconds(90);
      for (String name : List.of("held", "waits", "later")) {
        Instant due = name.equals("later") ? now.plusSeconds(900) : before;
        store.add(
            TestStacks.stack(name, due, UUID.randomUUID()),
            new TestStacks().add("net", TestStacks.NET, "gra").parts(due),
            Phrase.of("stack.requested", name, "alice"));
      }
      assertThat(store.lease("one", now, Duration.ofMinutes(5))).isPresent();

      SystemFigures.Figures seen = figures.read();
      assertThat(seen.stacks()).isEqualTo(Map.of("CREATE_IN_PROGRESS", 3));
      assertThat(seen.due()).isEqualTo(1);
      assertThat(seen.leased()).isEqualTo(1);
      assertThat(seen.lag()).isBetween(Duration.ofSeconds(90), Duration.ofMinutes(10));
      assertThat(seen.connections().get("active")).isPositive();
      assertThat(seen.connectionLimit()).isPositive();
    }
  }
}
