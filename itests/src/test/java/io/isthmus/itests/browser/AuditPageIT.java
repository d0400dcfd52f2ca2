package io.isthmus.itests.browser;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;
import static org.assertj.core.api.Assertions.assertThat;

import com.microsoft.playwright.Download;
import com.microsoft.playwright.Page;
import com.microsoft.playwright.options.AriaRole;
import io.isthmus.domain.audit.AuditVerifier;
import io.isthmus.itests.Await;
import io.isthmus.itests.BesideOthers;
import java.nio.file.Files;
import java.time.Duration;
import java.util.Optional;
import java.util.UUID;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;

@BesideOthers
class AuditPageIT extends PortalTest {

  @Test
  void anAdministratorFindsWhatWasRefusedProvesItAndTakesTheLogAway() throws Exception {
    String asked = UUID.randomUUID().toString();
    assertThat(alice.get("/stacks/" + asked).statusCode()).isEqualTo(404);
    portal.signIn("admin", "/audit");

    // It is there within a second or two; the page is asked again until it is.
    Await.until(
        Duration.ofSeconds(20),
        "the refused request is listed",
        () -> {
          portal.open("/audit?outcome=FAILURE&q=" + asked);
          portal.heading().waitFor();
          return portal.page().locator(".list tbody tr").count();
        },
        rows -> rows == 1);
    assertThat(portal.page().locator(".list tbody tr")).containsText("alice");
    Download export =
        portal
            .page()
            .waitForDownload(
                () ->
                    portal
                        .page()
                        .getByRole(
                            AriaRole.LINK, new Page.GetByRoleOptions().setName("Export (CADF)"))
                        .click());
    assertThat(
            new AuditVerifier(Optional.empty())
                .verify(Files.readAllLines(export.path()).iterator()))
        .isInstanceOf(AuditVerifier.Intact.class);

    portal.page().locator(".list tbody tr a").first().click();
    portal.page().waitForURL(Pattern.compile(".*/audit/[0-9]+"));
    portal.await("The record is in the sealed log");
    portal.await("There is no stack “" + asked + "” here.");
  }
}
