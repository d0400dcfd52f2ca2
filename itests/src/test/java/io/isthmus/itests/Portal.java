package io.isthmus.itests;

import com.microsoft.playwright.Browser;
import com.microsoft.playwright.BrowserContext;
import com.microsoft.playwright.Locator;
import com.microsoft.playwright.Page;
import com.microsoft.playwright.options.AriaRole;
import java.net.URI;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.regex.Pattern;

/** One person's browser with the portal in it. */
public final class Portal implements AutoCloseable {

  private static final double PATIENCE_MILLIS = 60_000;
  private static final double LONG_PATIENCE_MILLIS = 300_000;
  private static final int WIDTH = 1440;
  private static final int HEIGHT = 900;

  private final URI url;
  private final BrowserContext context;
  private final Page page;
  private final List<String> foreign = new CopyOnWriteArrayList<>();

  public Portal(URI url) {
    this(url, WIDTH, HEIGHT);
  }

  /** In a browser that asks for a language, such as {@code fr-FR}. */
  public Portal(URI url, String language) {
    this(url, language, WIDTH, HEIGHT);
  }

  public Portal(URI url, int width, int height) {
    this(url, "en", width, height);
  }

  private Portal(URI url, String language, int width, int height) {
    this.url = url;
    context =
        Chromium.running()
            .newContext(
                new Browser.NewContextOptions().setLocale(language).setViewportSize(width, height));
    context.setDefaultTimeout(PATIENCE_MILLIS);
    page = context.newPage();
    page.onRequest(
        request -> {
          URI asked = URI.create(request.url().split("[?#]", 2)[0]);
          if (asked.getHost() != null && !asked.getHost().equals(url.getHost())) {
            foreign.add(request.url());
          }
        });
  }

  /** Asks for a page as somebody who is not signed in, and signs in. */
  public void signIn(String user, String path) {
    page.navigate(url + path);
    authenticate(user);
  }

  /** Gives name and password where Keycloak asks for them, and waits for the portal's page. */
  public void authenticate(String user) {
    page.locator("#username").fill(user);
    if (!page.locator("#password").isVisible()) {
      page.locator("#kc-login").click();
    }
    synchronized (SignIns.ONE_AT_A_TIME) {
      page.locator("#password").fill(user);
      page.locator("#kc-login").click();
      page.waitForURL(where -> where.startsWith(url + "/") && !where.contains("/callback"));
    }
    heading().waitFor();
  }

  public void open(String path) {
    page.navigate(url + path);
    heading().waitFor();
  }

  public Page page() {
    return page;
  }

  public Locator heading() {
    return page.getByRole(AriaRole.HEADING, new Page.GetByRoleOptions().setLevel(1));
  }

  public void press(Pattern name) {
    page.getByRole(AriaRole.BUTTON, new Page.GetByRoleOptions().setName(name)).first().click();
  }

  public void press(String name) {
    page.getByRole(AriaRole.BUTTON, new Page.GetByRoleOptions().setName(name).setExact(true))
        .first()
        .click();
  }

  /** Writes a text in the place of all that an editor holds. */
  public void write(Locator editor, String text) {
    editor.click();
    page.keyboard().press("Control+A");
    page.keyboard().insertText(text);
  }

  /** One of the page's editors, counted from 0. */
  public Locator editor(int which) {
    return page.locator("isthmus-editor .cm-content").nth(which);
  }

  public void fill(String label, String value) {
    Locator field = page.getByLabel(label).first();
    field.fill(value);
    field.blur();
  }

  /** Until a text shows; patient enough for clouds to work. */
  public void await(String text) {
    page.getByText(text)
        .first()
        .waitFor(new Locator.WaitForOptions().setTimeout(LONG_PATIENCE_MILLIS));
  }

  /** What was asked of any other host. */
  public List<String> foreignRequests() {
    return foreign;
  }

  @Override
  public void close() {
    context.close();
  }
}
