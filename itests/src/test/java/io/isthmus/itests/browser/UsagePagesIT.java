package io.isthmus.itests.browser;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;
import static org.assertj.core.api.Assertions.assertThat;

import com.microsoft.playwright.Download;
import com.microsoft.playwright.Locator;
import com.microsoft.playwright.Page;
import com.microsoft.playwright.options.AriaRole;
import com.microsoft.playwright.options.FilePayload;
import io.isthmus.itests.Await;
import io.isthmus.itests.Person;
import io.isthmus.itests.Portal;
import io.isthmus.itests.StackUnderTest;
import jakarta.json.JsonObject;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.time.Duration;
import java.util.Map;
import java.util.regex.Pattern;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.parallel.Isolated;

/** Prices are written down, something is used, it costs, and a budget stops more of it. */
@Isolated("changes prices and budgets")
class UsagePagesIT extends PortalTest {

  private static final String PROJECT = "acme/demo";
  private static final String BOOK = "/prices/gra";
  private static final Duration PATIENCE = Duration.ofMinutes(2);

  private static final String TEMPLATE =
      """
      heat_template_version: 2018-08-31
      resources:
        disk: { type: OS::Cinder::Volume, properties: { size: 1 } }
      """;

  private static final String IN_GRA =
      """
      placement_policy_version: 2026-11-23
      rules:
        - name: there
          clouds: { any_of: [gra] }
      """;

  private Person admin;
  private Portal admins;
  private String before;

  @BeforeEach
  void keepThePriceBook() throws Exception {
    admin = new Person(system, "admin");
    before = admin.get(BOOK + "?format=csv").body();
  }

  @AfterEach
  void bringItBack() throws Exception {
    try {
      HttpResponse<String> answer =
          system.send(
              admin
                  .request(BOOK, "en")
                  .header("If-Match", "*")
                  .header("Content-Type", "text/csv")
                  .PUT(HttpRequest.BodyPublishers.ofString(before)));
      assertThat(answer.statusCode()).as(answer.body()).isEqualTo(200);
    } finally {
      HttpResponse<String> answer =
          system.send(admin.request("/budgets/" + PROJECT, "en").header("If-Match", "*").DELETE());
      assertThat(answer.statusCode()).as(answer.body()).isIn(204, 404);
    }
  }

  @Test
  void whatIsUsedCostsAndABudgetStopsMoreOfIt() throws Exception {
    try (Portal opened = new Portal(system.url())) {
      admins = opened;
      whatIsUsedCosts();
    }
  }

  private void whatIsUsedCosts() throws Exception {
    admins.signIn("admin", "/prices/gra");
    assertThat(download()).startsWith("item,name,price,currency,valid_from,valid_to");
    addsAPriceInTheDialog();
    // One hour of a GiB is dearer than the budget below.
    replaceBook(
        "item,name,price,currency\r\nvolume_gib_month,,1000000,EUR\r\nflavor_hour,m1.small,2,EUR\r\n");
    assertThat(admins.page().locator(".list tbody tr")).hasCount(2);

    String name = "usage-" + Long.toString(System.nanoTime(), Character.MAX_RADIX);
    JsonObject plan = alice.plan(name, TEMPLATE, IN_GRA, Map.of());
    StackUnderTest stack = StackUnderTest.of(alice, plan);
    try {
      stack.awaitComplete();
      portal.signIn("alice", "/usage");
      Await.until(
          PATIENCE,
          "the stack shows with what it costs",
          () -> {
            // By its name: other stacks of the month fill the first page.
            portal.open("/usage?by=stack,item&q=" + name);
            Locator row = row(name);
            return row.count() == 0 ? "" : row.first().innerText();
          },
          text -> text.contains("Volume") && text.contains("€"));
      findsRowsByName(name);
      assertThat(portal.page().locator(".chart.wide-only svg")).isVisible();
      portal.page().getByText("The chart as a table").click();
      assertThat(portal.page().getByRole(AriaRole.COLUMNHEADER, named("gra")).first()).isVisible();
      row(name).getByRole(AriaRole.LINK).first().click();
      assertThat(portal.heading()).hasText(name);
      portal.await("By its plan it costs");

      setBudget();
      budgetRefusesInTheWizard();
      admins.open("/usage?whose=" + PROJECT);
      removeBudget();
    } finally {
      stack.delete();
    }
  }

  private void findsRowsByName(String name) {
    Locator field = portal.page().getByLabel("Filter by name");
    field.fill("no-such-stack");
    portal.await("Nothing matches");
    assertThat(field).isFocused();
    field.fill(name);
    assertThat(row(name).first()).isVisible();
    assertThat(field).isFocused();
  }

  private void addsAPriceInTheDialog() {
    admins.press("Add a price");
    Locator dialog = admins.page().getByRole(AriaRole.DIALOG);
    dialog.getByLabel("Flavor").fill("it.priced");
    dialog.getByLabel("Flavor").press("Enter");
    Locator price = dialog.getByLabel("Price", new Locator.GetByLabelOptions().setExact(true));
    price.fill("much");
    price.blur();
    assertThat(dialog).containsText("“much” is no number.");
    price.fill("0,0125");
    dialog.getByRole(AriaRole.BUTTON, in("Add a price")).click();
    assertThat(dialog).hasCount(0);
    Locator added =
        admins
            .page()
            .locator(".list tbody tr")
            .filter(new Locator.FilterOptions().setHasText("it.priced"));
    assertThat(added).containsText("€0.0125 per hour");
    assertThat(added).containsText("holds now");
  }

  private void replaceBook(String csv) {
    admins.open("/prices/gra");
    admins.press("Upload a CSV file");
    Locator dialog = admins.page().getByRole(AriaRole.DIALOG);
    dialog
        .locator("input[type=file]")
        .setInputFiles(
            new FilePayload("prices.csv", "text/csv", csv.getBytes(StandardCharsets.UTF_8)));
    dialog
        .getByText(Pattern.compile("\\d+ new, \\d+ changed, \\d+ removed|nothing to change"))
        .waitFor();
    if (dialog.getByText("nothing to change").count() > 0) {
      dialog.getByRole(AriaRole.BUTTON, in("Cancel")).click();
      assertThat(dialog).hasCount(0);
      return;
    }
    dialog.getByRole(AriaRole.BUTTON, in("Replace the price book")).click();
    assertThat(dialog).hasCount(0);
  }

  private String download() throws Exception {
    Download file =
        admins
            .page()
            .waitForDownload(
                () -> admins.page().getByText("Download as CSV", exactly()).first().click());
    return Files.readString(file.path());
  }

  private void setBudget() {
    admins.open("/usage?whose=" + PROJECT);
    admins.press("Set a budget");
    Locator dialog = admins.page().getByRole(AriaRole.DIALOG);
    dialog.getByLabel("Warn at (%)").fill("50, half");
    admins.fill("Amount for a month", "0,5");
    dialog.getByText("Hard stop").first().click();
    dialog.getByRole(AriaRole.BUTTON, in("Save the budget")).click();
    assertThat(dialog).containsText("Write whole numbers with commas between them");
    dialog.getByLabel("Warn at (%)").fill("50, 80, 100");
    dialog.getByRole(AriaRole.BUTTON, in("Save the budget")).click();
    assertThat(dialog).hasCount(0);
    admins.await("Nothing new begins that would lead above it");
    assertThat(admins.page().getByText(Pattern.compile("of €0\\.50 spent"))).isVisible();
  }

  private void budgetRefusesInTheWizard() {
    portal.open("/usage");
    assertThat(portal.page().getByText(Pattern.compile("of €0\\.50 spent"))).isVisible();
    // Who does not manage the project cannot change it.
    assertThat(portal.page().getByRole(AriaRole.BUTTON, named("Remove the budget"))).hasCount(0);
    portal.open("/stacks/new?sample=one-server");
    portal.fill("Name of the stack", "too-dear");
    portal.press("Next");
    portal.await("Where it may run");
    portal.write(portal.editor(0), IN_GRA);
    portal.press("Next");
    portal.await("The budget does not allow this plan");
    portal.await("The budget of acme/demo is 0.5");
    assertThat(
            portal
                .page()
                .getByRole(
                    AriaRole.BUTTON,
                    new Page.GetByRoleOptions().setName(Pattern.compile("Create \\d+ resources"))))
        .isDisabled();
  }

  private void removeBudget() {
    admins.press("Remove the budget");
    admins.fill("Type “" + PROJECT + "” to confirm", PROJECT);
    admins
        .page()
        .getByRole(AriaRole.DIALOG)
        .getByRole(AriaRole.BUTTON, in("Remove the budget"))
        .click();
    admins.await("No budget");
  }

  @Test
  void nobodyElseFindsPricesAndRates() {
    portal.signIn("bob", "/prices");
    portal.await("Nothing is at “/prices”");
    portal.open("/prices/gra");
    portal.await("Nothing is at “/prices/gra”");
    portal.open("/exchange-rates");
    portal.await("Nothing is at “/exchange-rates”");
  }

  private Locator row(String text) {
    return portal
        .page()
        .locator(".usage-table tbody tr")
        .filter(new Locator.FilterOptions().setHasText(text));
  }

  private static Page.GetByRoleOptions named(String name) {
    return new Page.GetByRoleOptions().setName(name).setExact(true);
  }

  private static Locator.GetByRoleOptions in(String name) {
    return new Locator.GetByRoleOptions().setName(name).setExact(true);
  }

  private static Page.GetByTextOptions exactly() {
    return new Page.GetByTextOptions().setExact(true);
  }
}
