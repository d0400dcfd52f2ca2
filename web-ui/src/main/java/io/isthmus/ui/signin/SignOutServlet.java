package io.isthmus.ui.signin;

import io.isthmus.domain.access.Callers;
import io.isthmus.domain.audit.AuditRecord.Target;
import io.isthmus.domain.audit.RequestAudit;
import io.isthmus.domain.fault.FederationFault;
import io.isthmus.ui.unsent.UnsentForms;
import jakarta.inject.Inject;
import jakarta.servlet.ServletException;
import jakarta.servlet.annotation.WebServlet;
import jakarta.servlet.http.HttpServlet;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.util.Optional;

/**
 * {@code /logout}: ends the session here and the one at Keycloak, and forgets unsent forms, in
 * which a credential may stand.
 */
@WebServlet("/logout")
public class SignOutServlet extends HttpServlet {
  private static final long serialVersionUID = 1L;

  @Inject private transient Callers callers;
  @Inject private transient UnsentForms unsent;
  @Inject private transient RequestAudit audit;

  @Override
  protected void doGet(HttpServletRequest request, HttpServletResponse response)
      throws ServletException, IOException {
    forgetUnsent();
    audit.answered("authenticate/logout", new Target("portal", ""), Optional.empty());
    request.logout();
    if (!response.isCommitted()) {
      response.sendRedirect(request.getContextPath() + "/");
    }
  }

  private void forgetUnsent() {
    try {
      unsent.forgetAll(callers.current());
    } catch (FederationFault notSignedIn) {
      // Nobody is known, whose forms they could be.
      return;
    }
  }
}
