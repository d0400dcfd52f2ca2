package io.isthmus.itests.browser;

import static org.assertj.core.api.Assertions.assertThat;

import com.deque.html.axecore.playwright.AxeBuilder;
import com.deque.html.axecore.results.Rule;
import java.util.List;
import org.junit.jupiter.api.Test;

/** Pages that everybody can use, also without eyes or mouse, as far as a program can tell. */
class AccessibilityIT extends PortalTest {

  private static final List<String> TAGS = List.of("wcag2a", "wcag2aa", "wcag21a", "wcag21aa");

  @Test
  void pagesKeepTheRulesForAccessibleContent() {
    portal.signIn("alice", "/");
    for (String path : List.of("/", "/stacks", "/stacks/new", "/stacks/new?sample=shop")) {
      portal.open(path);
      List<Rule> broken = new AxeBuilder(portal.page()).withTags(TAGS).analyze().getViolations();
      assertThat(broken)
          .as(path)
          .extracting(rule -> rule.getId() + ": " + rule.getHelp() + " " + rule.getNodes())
          .isEmpty();
    }
  }
}
