package io.isthmus.itests.browser;

import static org.assertj.core.api.Assertions.assertThat;

import com.deque.html.axecore.playwright.AxeBuilder;
import com.deque.html.axecore.results.Rule;
import com.microsoft.playwright.options.ViewportSize;
import java.util.List;

/** Looks whether a page keeps the rules for accessible content, as far as a program can tell. */
abstract class AccessibilityTest extends PortalTest {

  private static final List<String> TAGS = List.of("wcag2a", "wcag2aa", "wcag21a", "wcag21aa");

  private static final ViewportSize WIDE = new ViewportSize(1440, 900);
  private static final ViewportSize NARROW = new ViewportSize(390, 844);

  final void assertAccessible(String path) {
    portal.open(path);
    assertAccessible();
  }

  final void assertAccessible() {
    assertAccessible("light, wide", WIDE);
  }

  /** As it is, and then dark on a phone; not everywhere, as it takes its time. */
  final void assertAccessibleInEveryLook() {
    assertAccessible();
    String look = (String) portal.page().evaluate("document.body.getAttribute('theme') ?? ''");
    portal.page().evaluate("document.body.setAttribute('theme', 'dark')");
    assertAccessible("dark, narrow", NARROW);
    portal.page().evaluate("look => document.body.setAttribute('theme', look)", look);
    portal.page().setViewportSize(WIDE.width, WIDE.height);
  }

  private void assertAccessible(String how, ViewportSize size) {
    portal.page().setViewportSize(size.width, size.height);
    // No page here has frames, for which alone axe would open another page of its own each time.
    List<Rule> broken =
        new AxeBuilder(portal.page()).withTags(TAGS).setLegacyMode(true).analyze().getViolations();
    assertThat(broken)
        .as(portal.page().url() + ", " + how)
        .extracting(rule -> rule.getId() + ": " + rule.getHelp() + " " + rule.getNodes())
        .isEmpty();
  }
}
