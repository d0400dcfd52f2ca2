package io.isthmus.itests.browser;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;
import static org.assertj.core.api.Assertions.assertThat;

import com.microsoft.playwright.Locator;
import com.microsoft.playwright.Page;
import com.microsoft.playwright.options.AriaRole;
import io.isthmus.itests.Await;
import io.isthmus.itests.Person;
import jakarta.json.JsonObject;
import java.time.Duration;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.parallel.Isolated;

@Isolated("drains a cloud")
class DrainPagesIT extends PortalTest {

  private static final Duration PATIENCE = Duration.ofMinutes(2);
  private static final String REASON = "The cables are renewed";

  private final Person admin = new Person(system, "admin");

  @AfterEach
  void openAgain() throws Exception {
    for (JsonObject drain : admin.list("/drains?cloud=syd")) {
      if (!drain.getString("status").equals("taken_back")) {
        Person.read(
            admin.post("/drains/" + drain.getString("id") + "/withdrawal", "{}", "en"), 200);
      }
      // Stacks of others that were there may have begun to move: the next test finds them at rest.
      Await.until(
          PATIENCE,
          "nothing moves any more",
          () -> admin.list("/drains/" + drain.getString("id") + "/stacks"),
          all -> all.stream().noneMatch(one -> one.getString("state").equals("moving")));
    }
  }

  @Test
  void anAdministratorSeesWhatWouldMoveStartsADrainAndTakesItBack() throws Exception {
    portal.signIn("admin", "/clouds/syd");
    portal.press("Drain…");
    portal.press("See what would move");
    portal.await("This is needed.");
    portal.fill("Reason", REASON);
    portal.press("See what would move");
    portal.await("What would happen");
    assertThat(admin.list("/drains?cloud=syd"))
        .noneMatch(drain -> drain.getString("reason").equals(REASON));

    portal.press("Start the drain");
    assertThat(portal.heading()).hasText("Drain of syd");
    portal.await(REASON);
    portal.open("/clouds/syd");
    portal.page().getByText("Show the drain").click();
    assertThat(portal.heading()).hasText("Drain of syd");
    portal
        .page()
        .getByRole(AriaRole.BUTTON, named("Take back").setExact(true))
        .or(portal.page().getByRole(AriaRole.BUTTON, named("Open again").setExact(true)))
        .first()
        .click();
    portal
        .page()
        .getByRole(AriaRole.ALERTDIALOG)
        .or(portal.page().getByRole(AriaRole.DIALOG))
        .first()
        .getByRole(AriaRole.BUTTON, nested("Take back"))
        .or(
            portal
                .page()
                .getByRole(AriaRole.ALERTDIALOG)
                .getByRole(AriaRole.BUTTON, nested("Open again")))
        .first()
        .click();
    portal.await("The place is open again.");
    assertThat(admin.list("/drains?cloud=syd"))
        .anyMatch(
            drain ->
                drain.getString("reason").equals(REASON)
                    && drain.getString("status").equals("taken_back"));
  }

  private static Page.GetByRoleOptions named(String name) {
    return new Page.GetByRoleOptions().setName(name);
  }

  private static Locator.GetByRoleOptions nested(String name) {
    return new Locator.GetByRoleOptions().setName(name);
  }

  @Test
  void nobodyElseFindsThePages() {
    portal.signIn("bob", "/drains");
    portal.await("Nothing is at “/drains”");
  }
}
