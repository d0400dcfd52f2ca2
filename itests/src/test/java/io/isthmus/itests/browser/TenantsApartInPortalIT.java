package io.isthmus.itests.browser;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;

import io.isthmus.itests.BesideOthers;
import io.isthmus.itests.StackUnderTest;
import java.util.Map;
import java.util.UUID;
import org.junit.jupiter.api.Test;

/** A tenant cannot see another's stacks, nor that there are any. */
@BesideOthers
class TenantsApartInPortalIT extends PortalTest {

  private static final String TEMPLATE =
      """
      heat_template_version: 2018-08-31
      resources:
        net: {type: OS::Neutron::Net}
      """;

  @Test
  void anothersStackIsLikeAMissingOne() throws Exception {
    StackUnderTest stack =
        StackUnderTest.of(alice, alice.plan("hidden-from-bob", TEMPLATE, "", Map.of()));
    try {
      portal.signIn("bob", "/stacks/" + stack.id());
      assertThat(portal.heading()).hasText("Not found");
      assertThat(portal.page().locator("body")).not().containsText("hidden-from-bob");

      portal.open("/stacks/" + UUID.randomUUID());
      assertThat(portal.heading()).hasText("Not found");

      portal.open("/stacks");
      assertThat(portal.page().locator("body")).not().containsText("hidden-from-bob");
    } finally {
      stack.awaitComplete();
      stack.delete();
    }
  }
}
