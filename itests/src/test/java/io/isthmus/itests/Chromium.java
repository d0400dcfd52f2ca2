package io.isthmus.itests;

import com.microsoft.playwright.Browser;
import com.microsoft.playwright.BrowserType;
import com.microsoft.playwright.Playwright;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;

/**
 * Debian's Chromium, begun once for all tests of a thread, as Playwright is of one thread; what
 * tests see of each other is parted by its contexts. It ends with the tests' own process.
 */
public final class Chromium {

  private static final ThreadLocal<Browser> RUNNING = new ThreadLocal<>();

  private Chromium() {}

  /** One that answers: begun anew when the one before has crashed. */
  public static Browser running() {
    Browser browser = RUNNING.get();
    if (browser == null || !browser.isConnected()) {
      browser =
          Playwright.create()
              .chromium()
              .launch(
                  new BrowserType.LaunchOptions()
                      .setExecutablePath(executable())
                      .setArgs(List.of("--no-sandbox")));
      RUNNING.set(browser);
    }
    return browser;
  }

  private static Path executable() {
    return Stream.of("/usr/bin/chromium", "/usr/bin/google-chrome")
        .map(Path::of)
        .filter(Files::isExecutable)
        .findFirst()
        .orElseThrow(() -> new IllegalStateException("no Chromium: install chromium"));
  }
}
