package io.isthmus.domain.drift;

import static org.assertj.core.api.Assertions.assertThat;

import io.isthmus.domain.stack.engine.TestStacks;
import io.isthmus.domain.start.TestDatabase;
import io.isthmus.domain.tenant.TenantStores;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledIfSystemProperty;

/**
 * A pass over 20,000 resources in 200 stacks: reads the database alone, and writes nothing of what
 * is as it was given. Takes minutes, so that it runs only when asked for: {@code
 * -Disthmus.scale=true}.
 */
@EnabledIfSystemProperty(named = "isthmus.scale", matches = "true")
class DriftScaleTest {

  private static final int STACKS = 200;
  private static final int PARTS = 100;
  private static final String SMALL = "{\"size\": \"small\"}";

  @Test
  void findsOneThatChangedAmongTwentyThousand() {
    try (TestDatabase database = TestDatabase.create()) {
      TenantStores.withProjects(database, TestStacks.PROJECT);
      DriftHouse house = new DriftHouse(database);
      house.list("mine", DriftHouse.READ);
      for (int i = 0; i < STACKS; i++) {
        house.stack("shop" + i, SMALL);
      }
      // Each part as often as it takes: sealed as it is, since seals are bound to the stack.
      database.execute(
          "insert into stack_part (stack, resource, cloud, region, generation, type, resolutions,"
              + " requires, counts, deletion_policy, goal, status, health, physical_id,"
              + " attributes, properties, attempts, replacements, since, updated_at)"
              + " select stack, 'web' || n, cloud, region, generation, type, resolutions, requires,"
              + " counts, deletion_policy, goal, status, health, physical_id || '-' || n,"
              + " attributes, properties, attempts, replacements, since, updated_at"
              + " from stack_part cross join generate_series(1, "
              + (PARTS - 1)
              + ") as n; insert into mirror_item (list, id, name, status, mark, stack, resource,"
              + " generation, details, digest) select list.id, part.physical_id, 'web', 'ACTIVE',"
              + " 'm', part.stack, part.resource, 1, '"
              + SMALL
              + "', sha256(part.physical_id::bytea) from mirror_list as list, stack_part as part;"
              + " analyze");
      assertThat(house.count("stack_part")).isEqualTo(STACKS * PARTS);

      assertThat(timed("first pass", house)).isEqualTo(STACKS);
      assertThat(house.count("part_drift")).isZero();
      database.execute("update mirror_list set changed_at = clock_timestamp()");
      assertThat(timed("all digests, nothing new", house)).isZero();
      assertThat(timed("nothing moved", house)).isZero();
      database.execute(
          "update mirror_item set details = '{\"size\": \"large\"}', digest = 'x' where id ="
              + " 'server-shop7-42'; update mirror_list set changed_at = clock_timestamp()");
      assertThat(timed("one changed", house)).isOne();
      assertThat(house.count("part_drift")).isOne();
    }
  }

  private static int timed(String what, DriftHouse house) {
    long begin = System.nanoTime();
    int compared = house.run();
    System.out.printf(
        "SCALE %-26s %6d ms, %d stacks compared, 0 calls to clouds%n",
        what, (System.nanoTime() - begin) / 1_000_000, compared);
    return compared;
  }
}
