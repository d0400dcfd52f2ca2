package io.isthmus.itests.browser;

import static org.assertj.core.api.Assertions.assertThat;

import com.microsoft.playwright.assertions.PlaywrightAssertions;
import io.isthmus.itests.Person;
import io.isthmus.itests.Portal;
import io.isthmus.itests.RunningSystem;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;

/** A journey; whatever it is, it asks nothing of any other host. */
@Tag("browser")
abstract class PortalTest {

  /** A busy machine takes its time. */
  private static final double PATIENCE_MILLIS = 60_000;

  final RunningSystem system = new RunningSystem();
  final Person alice = new Person(system, "alice");
  Portal portal;

  @BeforeEach
  void openBrowser() throws Exception {
    PlaywrightAssertions.setDefaultAssertionTimeout(PATIENCE_MILLIS);
    system.awaitClouds(alice);
    portal = new Portal(system.url());
  }

  @AfterEach
  void asksNothingOfOtherHosts() {
    try {
      assertThat(portal.foreignRequests()).isEmpty();
    } finally {
      portal.close();
    }
  }
}
