package io.isthmus.ui.shell;

import jakarta.servlet.annotation.WebServlet;
import jakarta.servlet.http.HttpServlet;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.util.UUID;

/**
 * {@code /server}: which process answers. A page whose server knows it no more asks, and loads
 * itself anew when another process has taken over: the person need not be told, since the session
 * at Keycloak signs in by itself and what was typed is kept. It tells nothing else, and that to
 * everybody.
 */
@WebServlet("/server")
public class ServerIdentity extends HttpServlet {

  private static final long serialVersionUID = 1L;

  private static final String HERE = UUID.randomUUID().toString();

  /**
   * Run in a page once it is made, with {@link #HERE} as {@code $0}. What Vaadin shows when a
   * session is over, {@code .v-system-error}, stays when the same process still answers.
   */
  static final String LOAD_ANEW_ELSEWHERE =
      """
      if (window.$isthmusElsewhere) window.$isthmusElsewhere.disconnect();
      const made = $0;
      window.$isthmusElsewhere = new MutationObserver(() => {
        if (!document.querySelector('body > .v-system-error')) return;
        window.$isthmusElsewhere.disconnect();
        fetch('/server', {cache: 'no-store'})
          .then(answer => answer.ok ? answer.text() : made)
          .then(now => { if (now !== made) location.reload(); })
          .catch(() => {});
      });
      window.$isthmusElsewhere.observe(document.body, {childList: true});
      """;

  /** Of this process. */
  static String here() {
    return HERE;
  }

  @Override
  protected void doGet(HttpServletRequest request, HttpServletResponse response)
      throws IOException {
    response.setContentType("text/plain");
    response.setHeader("Cache-Control", "no-store");
    response.getWriter().print(HERE);
  }
}
