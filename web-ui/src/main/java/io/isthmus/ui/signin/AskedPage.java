package io.isthmus.ui.signin;

import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpSession;

/** The page that somebody asked for before signing in, kept in the session until it was reached. */
public final class AskedPage {

  private static final String ATTRIBUTE = AskedPage.class.getName();

  private AskedPage() {}

  /**
   * @param path with its query, from the portal's root
   */
  public static void remember(HttpServletRequest request, String path) {
    request.getSession().setAttribute(ATTRIBUTE, path);
  }

  /** Where to go after signing in: the page asked for, else the first; once. */
  static String take(HttpServletRequest request) {
    HttpSession session = request.getSession(false);
    Object path = session == null ? null : session.getAttribute(ATTRIBUTE);
    if (path == null) {
      return request.getContextPath() + "/";
    }
    session.removeAttribute(ATTRIBUTE);
    return request.getContextPath() + path;
  }
}
