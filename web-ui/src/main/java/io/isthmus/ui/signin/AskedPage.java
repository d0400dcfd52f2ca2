package io.isthmus.ui.signin;

import jakarta.servlet.http.Cookie;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import jakarta.servlet.http.HttpSession;
import java.net.URLDecoder;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.Optional;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/**
 * The page that somebody asked for before signing in, kept in the session until it was reached; in
 * a cookie where the session ends on the way.
 */
public final class AskedPage {

  private static final String ATTRIBUTE = AskedPage.class.getName();
  private static final String FIRST = "/";

  /** Beyond a sign-out: where the new sign-in leads back to. */
  private static final String COOKIE = "isthmus-return";

  /** Seconds in which somebody signs in. */
  private static final int WHILE = 900;

  /** On this host: browsers take a second slash, and a backslash too, for the start of another. */
  private static final Pattern LOCAL = Pattern.compile("/(?![/\\\\])[^\\x00-\\x20\\x7f]{0,2000}");

  private AskedPage() {}

  /**
   * @param path with its query, from the portal's root
   */
  public static void remember(HttpServletRequest request, String path) {
    request.getSession().setAttribute(ATTRIBUTE, path);
  }

  /**
   * Remembers a page although the session ends now.
   *
   * @param path with its query, from the portal's root; anything else is ignored
   */
  static void outliveSession(
      HttpServletRequest request, HttpServletResponse response, String path) {
    if (path != null && isLocal(path)) {
      response.addCookie(cookie(request, URLEncoder.encode(path, StandardCharsets.UTF_8), WHILE));
    }
  }

  /** Where to go after signing in: the page asked for, else the first; once. */
  static String take(HttpServletRequest request, HttpServletResponse response) {
    Optional<String> kept = kept(request);
    if (kept.isPresent()) {
      response.addCookie(cookie(request, "", 0));
    }
    // Who asked for another page meanwhile wants that one.
    String path = asked(request).filter(asked -> !asked.equals(FIRST)).or(() -> kept).orElse(FIRST);
    return request.getContextPath() + path;
  }

  private static Optional<String> asked(HttpServletRequest request) {
    HttpSession session = request.getSession(false);
    if (session == null) {
      return Optional.empty();
    }
    Optional<String> path = Optional.ofNullable((String) session.getAttribute(ATTRIBUTE));
    session.removeAttribute(ATTRIBUTE);
    return path;
  }

  private static Optional<String> kept(HttpServletRequest request) {
    return Stream.ofNullable(request.getCookies())
        .flatMap(Stream::of)
        .filter(cookie -> cookie.getName().equals(COOKIE))
        .map(cookie -> decoded(cookie.getValue()))
        .filter(AskedPage::isLocal)
        .findFirst();
  }

  private static String decoded(String value) {
    try {
      return URLDecoder.decode(value, StandardCharsets.UTF_8);
    } catch (IllegalArgumentException notOurs) {
      return "";
    }
  }

  static boolean isLocal(String path) {
    return LOCAL.matcher(path).matches();
  }

  private static Cookie cookie(HttpServletRequest request, String value, int seconds) {
    Cookie cookie = new Cookie(COOKIE, value);
    cookie.setPath("/");
    cookie.setHttpOnly(true);
    cookie.setSecure(request.isSecure());
    cookie.setAttribute("SameSite", "Lax");
    cookie.setMaxAge(seconds);
    return cookie;
  }
}
