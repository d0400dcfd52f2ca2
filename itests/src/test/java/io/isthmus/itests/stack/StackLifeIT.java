package io.isthmus.itests.stack;

import static org.assertj.core.api.Assertions.assertThat;

import io.isthmus.itests.Person;
import io.isthmus.itests.RunningSystem;
import io.isthmus.itests.Shop;
import io.isthmus.itests.SimulatedClouds;
import io.isthmus.itests.StackUnderTest;
import jakarta.json.JsonObject;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.parallel.Isolated;

/** The sample shop from its plan to its end, by the API. */
@Tag("container")
@Isolated("counts what is in the clouds")
class StackLifeIT {

  private static final String GROUPS = " security_groups";
  private static final String RULES = " security_group_rules";

  private final RunningSystem system = new RunningSystem();
  private final Person alice = new Person(system, "alice");
  private final SimulatedClouds clouds = new SimulatedClouds(system);

  @Test
  void shopIsPlannedMadeToldAndDeletedWithoutARest() throws Exception {
    system.awaitClouds(alice);
    Map<String, Integer> before = clouds.contents();

    JsonObject plan = Shop.plan(alice, "shop-life", 3);
    StackUnderTest stack = StackUnderTest.of(alice, plan);
    stack.awaitComplete();

    assertThat(places(stack.resources())).isEqualTo(places(resourcesOf(plan)));
    assertThat(clouds.count("servers")).isEqualTo(before(before, "servers") + 4);
    assertThat(clouds.count("volumes")).isEqualTo(before(before, "volumes") + 1);
    assertThat(clouds.count("loadbalancers")).isEqualTo(before(before, "loadbalancers") + 2);
    assertThat(clouds.count("members")).isEqualTo(before(before, "members") + 2);
    assertHoldsItsPolicy(stack.resources());
    assertTellsItsLife(stack);
    assertGivesAddresses(stack);

    stack.delete();

    assertThat(withoutDefaultGroups(clouds.contents())).isEqualTo(withoutDefaultGroups(before));
  }

  /**
   * Neutron itself makes a project's default security group, of four rules, at its first use: where
   * all groups of a region have four on average, none is another.
   */
  private static Map<String, Integer> withoutDefaultGroups(Map<String, Integer> contents) {
    Map<String, Integer> others = new TreeMap<>(contents);
    contents.forEach(
        (kind, groups) -> {
          String rules = kind.replace(GROUPS, RULES);
          if (kind.endsWith(GROUPS) && contents.getOrDefault(rules, 0) == 4 * groups) {
            others.remove(kind);
            others.remove(rules);
          }
        });
    return others;
  }

  private static List<JsonObject> resourcesOf(JsonObject plan) {
    return plan.getJsonArray("resources").getValuesAs(JsonObject.class);
  }

  private static List<String> places(List<JsonObject> resources) {
    return resources.stream()
        .map(
            resource ->
                String.join(
                    " ",
                    resource.getString("resource"),
                    resource.getString("cloud"),
                    resource.getString("region"),
                    resource.getString("availability_zone", "")))
        .sorted()
        .toList();
  }

  private static int before(Map<String, Integer> contents, String kind) {
    return contents.entrySet().stream()
        .filter(entry -> entry.getKey().endsWith(" " + kind))
        .mapToInt(Map.Entry::getValue)
        .sum();
  }

  private static void assertHoldsItsPolicy(List<JsonObject> resources) {
    List<JsonObject> servers =
        resources.stream()
            .filter(resource -> resource.getString("type").equals("OS::Nova::Server"))
            .toList();
    Map<Boolean, List<String>> cloudsOfDatabase =
        servers.stream()
            .collect(
                Collectors.partitioningBy(
                    server -> server.getString("resource").equals("db"),
                    Collectors.mapping(server -> server.getString("cloud"), Collectors.toList())));
    assertThat(cloudsOfDatabase.get(true)).as("the database stays in the EU").containsOnly("gra");
    assertThat(cloudsOfDatabase.get(false).stream().distinct().count())
        .as("clouds of the web servers, each of another operator")
        .isGreaterThanOrEqualTo(2);
    assertThat(resources)
        .allSatisfy(
            resource -> assertThat(resource.getString("status")).isEqualTo("CREATE_COMPLETE"));
  }

  private static void assertTellsItsLife(StackUnderTest stack) throws Exception {
    List<JsonObject> events = stack.events();
    assertThat(events.get(0).getString("text")).contains("alice");
    assertThat(events.get(events.size() - 1).getString("text")).contains("complete");
    assertThat(events)
        .extracting(event -> event.getInt("sequence"))
        .isSorted()
        .doesNotHaveDuplicates();
  }

  private static void assertGivesAddresses(StackUnderTest stack) throws Exception {
    Map<String, String> outputs =
        stack.owner().list("/stacks/" + stack.id() + "/outputs").stream()
            .collect(
                Collectors.toMap(
                    output -> output.getString("name"), output -> output.get("value").toString()));
    assertThat(outputs).containsOnlyKeys("web_addresses", "balancer_addresses", "db_address");
    assertThat(outputs.get("balancer_addresses"))
        .as("an address in each cloud with a load balancer")
        .contains("gra/", "bhs/")
        .doesNotContain("syd/");
    assertThat(outputs.get("db_address")).matches("\"\\d+\\.\\d+\\.\\d+\\.\\d+\"");
    assertThat(Set.of(outputs.get("web_addresses").split(",")))
        .as("addresses of the web servers, in networks that do not overlap")
        .hasSize(3)
        .doesNotContain(outputs.get("db_address"));
  }
}
