package io.isthmus.ui.signin;

import jakarta.servlet.annotation.HttpConstraint;
import jakarta.servlet.annotation.ServletSecurity;
import jakarta.servlet.annotation.WebServlet;
import jakarta.servlet.http.HttpServlet;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;

/** {@code /login}: being protected, it sends people through Keycloak, then to the portal. */
@WebServlet("/login")
@ServletSecurity(@HttpConstraint(rolesAllowed = "user"))
public class SignInServlet extends HttpServlet {
  private static final long serialVersionUID = 1L;

  @Override
  protected void doGet(HttpServletRequest request, HttpServletResponse response)
      throws IOException {
    response.sendRedirect(AskedPage.take(request, response));
  }
}
