package io.isthmus.itests.browser;

import io.isthmus.itests.BesideOthers;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/**
 * Pages that change little by themselves: the steps to a new stack, and those of administrators.
 */
@BesideOthers
class AccessibilityOfFormsIT extends AccessibilityTest {

  @Test
  void stepsToANewStackKeepThem() {
    portal.signIn("alice", "/stacks/new?sample=sovereign");
    portal.fill("Name of the stack", "axe");
    assertAccessible();
    portal.press("Next");
    portal.await("Where it may run");
    assertAccessibleInEveryLook();
    portal.press("Next");
    portal.await("Not everything has a place");
    assertAccessibleInEveryLook();
  }

  @Test
  void theAdministratorsPagesKeepThem() {
    portal.signIn("admin", "/clouds");
    Stream.of(
            "/clouds",
            "/clouds/gra",
            "/clouds/gra/regions",
            "/clouds/gra/flavors",
            "/clouds/gra/images",
            "/clouds/gra/networks",
            "/clouds/gra/limits",
            "/clouds/gra/accesses",
            "/clouds/gra/equivalences",
            "/clouds/add/entry",
            "/campaigns",
            "/campaigns/new",
            "/drains",
            "/lost-clouds",
            "/drains/begin/gra",
            "/insurance/gra",
            "/capabilities",
            "/audit",
            "/audit/0",
            "/tenant-quotas",
            "/quota-requests",
            "/usage",
            "/prices",
            "/prices/gra",
            "/exchange-rates",
            "/standing-policies/default")
        .forEach(this::assertAccessible);
  }
}
