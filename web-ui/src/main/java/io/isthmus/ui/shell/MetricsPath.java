package io.isthmus.ui.shell;

import jakarta.servlet.FilterChain;
import jakarta.servlet.annotation.WebFilter;
import jakarta.servlet.http.HttpFilter;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;

/**
 * Leads from where metrics are looked for by custom to where the API has them, behind its sign-in.
 * The server's own page of that address, which is open to everybody, is thereby closed.
 */
@WebFilter(urlPatterns = {"/metrics", "/metrics/*"})
public class MetricsPath extends HttpFilter {

  private static final long serialVersionUID = 1L;

  @Override
  protected void doFilter(
      HttpServletRequest request, HttpServletResponse response, FilterChain chain) {
    response.setStatus(HttpServletResponse.SC_TEMPORARY_REDIRECT);
    response.setHeader("Location", "/api/v1/metrics");
  }
}
