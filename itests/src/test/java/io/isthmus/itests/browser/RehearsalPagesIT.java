package io.isthmus.itests.browser;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;

import io.isthmus.itests.BesideOthers;
import io.isthmus.itests.Person;
import io.isthmus.itests.StackUnderTest;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

@BesideOthers
class RehearsalPagesIT extends PortalTest {

  private static final String TEMPLATE =
      """
      heat_template_version: 2018-08-31
      resources:
        disk: {type: OS::Cinder::Volume, properties: {size: 1}}
      """;

  private static final String POLICY =
      """
      placement_policy_version: 2026-11-23
      rules:
        - {name: home, clouds: {any_of: [gra]}}
      """;

  private final Person alice = new Person(system, "alice");
  private Optional<StackUnderTest> made = Optional.empty();

  @AfterEach
  void clear() throws Exception {
    if (made.isPresent()) {
      made.get().delete();
    }
  }

  @Test
  void aLossIsPlayedAndItsReportIsRead() throws Exception {
    StackUnderTest stack =
        StackUnderTest.of(alice, alice.plan("played", TEMPLATE, POLICY, Map.of()));
    made = Optional.of(stack);
    stack.awaitComplete();
    portal.signIn("alice", "/stacks/" + stack.id() + "/rehearsals");
    portal.await("No loss was played yet");
    portal.press("Rehearse a loss…");
    portal.await("Nothing is done to the stack.");
    portal.press("Play the loss");
    assertThat(portal.heading()).hasText("Loss of gra, played for played");
    portal.await("1 would stay down");
    portal.await("Away until its cloud is back.");
    portal.open("/stacks/" + stack.id() + "/rehearsals");
    portal.await("Planned only");
    portal.open("/insurance/gra");
    assertThat(portal.heading()).hasText("If gra vanished now");
  }
}
