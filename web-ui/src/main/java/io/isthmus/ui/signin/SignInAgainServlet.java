package io.isthmus.ui.signin;

import jakarta.servlet.ServletException;
import jakarta.servlet.annotation.WebServlet;
import jakarta.servlet.http.HttpServlet;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;

/**
 * {@code /sign-in-again?to=/stacks}: ends the session here and the one at Keycloak, whose end no
 * renewal puts off, so that a new one begins, and leads back to where one was.
 */
@WebServlet("/sign-in-again")
public class SignInAgainServlet extends HttpServlet {
  private static final long serialVersionUID = 1L;

  @Override
  protected void doGet(HttpServletRequest request, HttpServletResponse response)
      throws ServletException, IOException {
    AskedPage.outliveSession(request, response, request.getParameter("to"));
    request.logout();
    if (!response.isCommitted()) {
      response.sendRedirect(request.getContextPath() + "/");
    }
  }
}
