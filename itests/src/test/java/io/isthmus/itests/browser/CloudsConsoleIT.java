package io.isthmus.itests.browser;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;

import com.microsoft.playwright.Browser;
import com.microsoft.playwright.BrowserContext;
import com.microsoft.playwright.Locator;
import com.microsoft.playwright.Page;
import com.microsoft.playwright.assertions.LocatorAssertions;
import com.microsoft.playwright.options.AriaRole;
import io.isthmus.itests.BesideOthers;
import io.isthmus.itests.Chromium;
import io.isthmus.itests.RunningSystem;
import io.isthmus.itests.SignIns;
import java.io.IOException;
import java.nio.file.Files;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.assertj.core.api.Assertions;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** An administrator's way with a cloud, from the entry that is pasted to its removal. */
@Tag("browser")
@BesideOthers
class CloudsConsoleIT {

  private static final String CLOUD = "console-journey";
  private static final String PASSWORD = "globex-demo";
  private static final double PATIENCE_MILLIS = 60_000;
  private static final Pattern AUTH_URL = Pattern.compile("auth_url: (\\S+)");

  /** One that the sandbox has registered. */
  private static final String KNOWN =
      """
      gra:
        auth: {auth_url: "%s", username: acme-demo, password: acme-demo, project_name: acme-demo}
        isthmus: {project: acme/demo}
      """;

  private final RunningSystem system = new RunningSystem();

  private Page signedIn(BrowserContext context, String user, String path) {
    Page page = context.newPage();
    page.setDefaultTimeout(PATIENCE_MILLIS);
    page.navigate(system.url() + path);
    page.locator("#username").fill(user);
    // With organizations Keycloak asks for the name alone first, as the organization may have its
    // own.
    if (page.locator("#password").count() == 0) {
      page.locator("#kc-login").click();
    }
    synchronized (SignIns.ONE_AT_A_TIME) {
      page.locator("#password").fill(user);
      page.locator("#kc-login").click();
      page.locator("vaadin-app-layout").waitFor();
    }
    return page;
  }

  private static BrowserContext english() {
    return Chromium.running()
        .newContext(new Browser.NewContextOptions().setLocale("en-GB").setViewportSize(1440, 900));
  }

  private static LocatorAssertions.IsVisibleOptions patiently() {
    return new LocatorAssertions.IsVisibleOptions().setTimeout(PATIENCE_MILLIS);
  }

  private static Locator button(Page page, String name) {
    return page.getByRole(AriaRole.BUTTON, new Page.GetByRoleOptions().setName(name));
  }

  private String address() throws IOException {
    Matcher address = AUTH_URL.matcher(Files.readString(system.cloudsFile()));
    Assertions.assertThat(address.find()).isTrue();
    return address.group(1);
  }

  private String entry(String password) throws IOException {
    return """
        %s:
          auth:
            auth_url: %s
            username: globex-demo
            password: %s
            project_name: globex-demo
            user_domain_name: Default
            project_domain_name: Default
          isthmus:
            project: globex/demo
            name: Console journey
            country: FR
        """
        .formatted(CLOUD, address(), password);
  }

  private static void paste(Page page, String text) {
    Locator editor = page.locator("isthmus-editor .cm-content").first();
    editor.click();
    page.keyboard().press("Control+A");
    page.keyboard().insertText(text);
  }

  @Test
  void anAdministratorAddsTestsDisablesAndRemovesACloud() throws IOException {
    try (BrowserContext context = english()) {
      Page page = signedIn(context, "admin", "/clouds/add/entry");

      paste(page, "console-journey:\n  auth:\n    auth_url: nowhere\n");
      assertThat(page.locator(".findings").first())
          .containsText(
              "auth.auth_url",
              new LocatorAssertions.ContainsTextOptions().setTimeout(PATIENCE_MILLIS));
      assertThat(button(page, "Test the connection")).isDisabled();

      paste(page, entry("wrong"));
      button(page, "Test the connection").click();
      Locator outcome = page.locator("#test-outcome");
      assertThat(outcome.getByText("failed", new Locator.GetByTextOptions().setExact(true)).first())
          .isVisible(patiently());
      assertThat(outcome).containsText("Credential");
      assertThat(outcome).not().containsText("wrong");

      paste(page, "clouds:\n" + (entry(PASSWORD) + KNOWN.formatted(address())).indent(2));
      assertThat(page.getByText("1 entry is registered already and skipped: gra."))
          .isVisible(patiently());
      assertThat(page.getByLabel("gra · acme/demo")).isDisabled();
      assertThat(outcome).isEmpty();
      button(page, "Test the connection").click();
      assertThat(outcome.getByText("works, with 1 warning")).isVisible(patiently());
      assertThat(outcome).containsText("compute");
      button(page, "Add 1 entry").click();

      assertThat(page.getByText("Added: " + CLOUD + " · globex/demo.")).isVisible(patiently());
      page.waitForURL("**/clouds/" + CLOUD);
      assertThat(page.locator(".title-row").getByText("reachable")).isVisible(patiently());
      page.getByRole(AriaRole.TAB, new Page.GetByRoleOptions().setName("Flavors")).click();
      assertThat(page.getByText("m1.small")).isVisible(patiently());
      Assertions.assertThat(page.content()).doesNotContain("password: " + PASSWORD);

      button(page, "Disable").click();
      page.getByRole(AriaRole.DIALOG)
          .getByRole(AriaRole.BUTTON, new Locator.GetByRoleOptions().setName("Disable"))
          .click();
      assertThat(page.locator(".title-row").getByText("Disabled")).isVisible(patiently());
      assertThat(page.locator(".title-row").getByText("Nothing new goes there.")).isVisible();
      assertThat(page.getByText(CLOUD + " is disabled; nothing new goes there.")).isVisible();

      page.getByRole(AriaRole.BUTTON, new Page.GetByRoleOptions().setName("Remove").setExact(true))
          .click();
      Locator confirm = button(page, "Remove from the federation");
      assertThat(confirm).isDisabled();
      page.getByLabel("Type “" + CLOUD + "” to confirm").fill(CLOUD);
      confirm.click();
      page.waitForURL("**/clouds");
      assertThat(page.getByText(CLOUD + " was taken out of the federation.")).isVisible();
      assertThat(page.getByRole(AriaRole.TABLE)).containsText("gra");
      assertThat(page.getByRole(AriaRole.TABLE)).not().containsText(CLOUD);
    }
  }

  @Test
  void toEverybodyElseTheConsoleIsNotThere() {
    try (BrowserContext context = english()) {
      Page page = signedIn(context, "alice", "/clouds");
      Locator missing =
          page.getByRole(
              AriaRole.HEADING, new Page.GetByRoleOptions().setName("There is no such page"));
      assertThat(missing).isVisible(patiently());
      assertThat(page.locator("nav")).not().containsText("Clouds");
      for (String path : List.of("/clouds", "/clouds/gra", "/clouds/add/entry", "/no-such-page")) {
        Assertions.assertThat(page.navigate(system.url() + path).status()).as(path).isEqualTo(404);
        assertThat(missing).isVisible(patiently());
      }
    }
  }
}
