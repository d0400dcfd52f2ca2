package io.isthmus.ui.signin;

import io.isthmus.domain.audit.AuditRecord.Target;
import io.isthmus.domain.audit.RequestAudit;
import jakarta.inject.Inject;
import jakarta.servlet.annotation.WebServlet;
import jakarta.servlet.http.HttpServlet;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.util.Optional;

/**
 * {@code /callback}: where Keycloak sends people back to, once the mechanism has signed them in.
 */
@WebServlet("/callback")
public class CallbackServlet extends HttpServlet {
  private static final long serialVersionUID = 1L;

  @Inject private transient RequestAudit audit;

  @Override
  protected void doGet(HttpServletRequest request, HttpServletResponse response)
      throws IOException {
    audit.answered("authenticate/login", new Target("portal", ""), Optional.empty());
    response.sendRedirect(AskedPage.take(request, response));
  }
}
