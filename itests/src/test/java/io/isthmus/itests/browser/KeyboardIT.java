package io.isthmus.itests.browser;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;
import static org.assertj.core.api.Assertions.assertThat;

import io.isthmus.itests.StackUnderTest;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.parallel.Isolated;

/** The way to a new stack without a mouse: everything is reached by Tab and done by Enter. */
@Isolated("walks through all that a page shows")
class KeyboardIT extends PortalTest {

  private static final int MOST_STOPS = 80;

  /** What has the focus, also inside of components, by its name for a screen reader. */
  private static final String FOCUSED =
      """
      () => {
        let at = document.activeElement;
        while (at && at.shadowRoot && at.shadowRoot.activeElement) at = at.shadowRoot.activeElement;
        if (!at) return '';
        const named = (at.getAttribute('aria-labelledby') || '').split(' ')
          .map(id => at.getRootNode().getElementById(id)?.textContent || '').join(' ');
        return [at.getAttribute('aria-label') || '', named, at.textContent].join(' ').trim();
      }
      """;

  /** Where Tab indents, and leaves only after Escape, as is told above it. */
  private static final String IN_EDITOR =
      """
      () => {
        let at = document.activeElement;
        while (at && at.shadowRoot && at.shadowRoot.activeElement) at = at.shadowRoot.activeElement;
        return !!at && !!at.closest('.cm-editor');
      }
      """;

  @Test
  void aSampleIsDeployedByTheKeyboardAlone() throws Exception {
    String name = "keys-" + Long.toString(System.nanoTime(), Character.MAX_RADIX);
    portal.signIn("alice", "/stacks");

    tabTo("New stack");
    portal.page().keyboard().press("Enter");
    portal.await("What there shall be");
    tabTo("Take the sample “One server”");
    portal.page().keyboard().press("Enter");
    tabTo("Next");
    portal.page().keyboard().press("Enter");
    portal.await("What the template leaves open");
    tabTo("Name of the stack");
    portal.page().keyboard().press("Control+A");
    portal.page().keyboard().type(name);
    tabTo("Next");
    portal.page().keyboard().press("Enter");
    portal.await("Where it may run");
    tabTo("Next");
    portal.page().keyboard().press("Enter");
    portal.await("What would happen");
    portal.await("What goes where, and why");
    tabTo("Create ");
    portal.page().keyboard().press("Enter");
    portal.page().waitForURL(Pattern.compile(".*/stacks/[0-9a-f-]{36}"));
    assertThat(portal.heading()).hasText(name);

    String url = portal.page().url();
    StackUnderTest stack = new StackUnderTest(alice, url.substring(url.length() - 36));
    stack.awaitComplete();
    stack.delete();
  }

  /** Presses Tab until something of that name has the focus, as somebody without a mouse does. */
  private void tabTo(String wanted) {
    for (int stop = 0; stop < MOST_STOPS; stop++) {
      if (focused().startsWith(wanted)) {
        return;
      }
      if ((boolean) portal.page().evaluate(IN_EDITOR)) {
        portal.page().keyboard().press("Escape");
      }
      portal.page().keyboard().press("Tab");
    }
    assertThat(focused()).as("what has the focus after so many stops").startsWith(wanted);
  }

  private String focused() {
    return (String) portal.page().evaluate(FOCUSED);
  }
}
