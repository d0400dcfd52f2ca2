package io.isthmus.ui.image;

import io.isthmus.domain.access.Callers;
import io.isthmus.domain.access.ProjectId;
import io.isthmus.domain.fault.FaultCode;
import io.isthmus.domain.fault.FederationFault;
import io.isthmus.domain.image.ImageId;
import io.isthmus.domain.image.Images;
import io.isthmus.ui.shell.Faults;
import jakarta.inject.Inject;
import jakarta.servlet.annotation.WebServlet;
import jakarta.servlet.http.HttpServlet;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.net.URI;
import java.util.Optional;
import java.util.logging.Level;
import java.util.logging.Logger;

/**
 * {@code /image-content/ID?project=TENANT/PROJECT}: takes the pieces of an image that the browser
 * sends, for the person whose session it is. Spoken as the API's file is, by the same use case.
 *
 * <p>No other site can make a browser send here: it would have to be let by an answer to a
 * preflight, which there is none to; and what comes with another origin, or without the widget's
 * header, is refused beside.
 */
@WebServlet(urlPatterns = ContentServlet.PATH + "/*")
public class ContentServlet extends HttpServlet {

  static final String PATH = "/image-content";
  private static final Logger LOG = Logger.getLogger(ContentServlet.class.getName());
  private static final long serialVersionUID = 1L;
  private static final String PIECE = "application/offset+octet-stream";
  private static final String OFFSET = "Upload-Offset";
  private static final int TOO_MANY_REQUESTS = 429;

  @Inject private transient Callers callers;
  @Inject private transient Images images;

  /** Where the content of an image is sent to. */
  static String address(ProjectId project, ImageId id) {
    return PATH + "/" + id + "?project=" + project;
  }

  @Override
  protected void service(HttpServletRequest request, HttpServletResponse response)
      throws IOException {
    response.setHeader("Cache-Control", "no-store");
    response.setHeader("Tus-Resumable", "1.0.0");
    try {
      serve(request, response);
    } catch (RuntimeException e) {
      FederationFault fault = Faults.of(e);
      if (fault.code() == FaultCode.UNEXPECTED) {
        LOG.log(Level.WARNING, "taking the content of an image", e);
      }
      fault(fault, request, response);
    }
  }

  private void serve(HttpServletRequest request, HttpServletResponse response) throws IOException {
    String method = request.getMethod();
    if (!method.equals("HEAD") && !method.equals("PATCH")) {
      response.setHeader("Allow", "HEAD, PATCH");
      response.setStatus(HttpServletResponse.SC_METHOD_NOT_ALLOWED);
      return;
    }
    if (!isOwn(request)) {
      response.setStatus(HttpServletResponse.SC_FORBIDDEN);
      return;
    }
    ImageId id = ImageId.parse(Optional.ofNullable(request.getPathInfo()).orElse("/").substring(1));
    ProjectId project = project(request);
    if (method.equals("HEAD")) {
      answer(images.progress(project, id, callers.current()), HttpServletResponse.SC_OK, response);
      return;
    }
    Optional<Long> offset = offset(request);
    if (!PIECE.equals(request.getContentType()) || offset.isEmpty()) {
      response.setStatus(
          offset.isEmpty()
              ? HttpServletResponse.SC_BAD_REQUEST
              : HttpServletResponse.SC_UNSUPPORTED_MEDIA_TYPE);
      return;
    }
    answer(
        images.append(project, id, offset.get(), request.getInputStream(), callers.current()),
        HttpServletResponse.SC_NO_CONTENT,
        response);
  }

  private static ProjectId project(HttpServletRequest request) {
    String text = Optional.ofNullable(request.getParameter("project")).orElse("");
    try {
      return ProjectId.parse(text);
    } catch (IllegalArgumentException e) {
      throw FederationFault.notFound("project", text);
    }
  }

  private static Optional<Long> offset(HttpServletRequest request) {
    String text = request.getHeader(OFFSET);
    return text != null && text.matches("[0-9]{1,18}")
        ? Optional.of(Long.valueOf(text))
        : Optional.empty();
  }

  /** Whether it comes from a page of ours. */
  static boolean isOwn(HttpServletRequest request) {
    String site = request.getHeader("Sec-Fetch-Site");
    String origin = request.getHeader("Origin");
    return request.getHeader("X-Isthmus-Upload") != null
        && (site == null || site.equals("same-origin"))
        && (origin == null || isHost(origin, request.getHeader("Host")));
  }

  private static boolean isHost(String origin, String host) {
    try {
      String authority = URI.create(origin).getAuthority();
      return authority != null && authority.equalsIgnoreCase(host);
    } catch (IllegalArgumentException e) {
      return false;
    }
  }

  private static void answer(Images.Progress progress, int status, HttpServletResponse response) {
    response.setStatus(status);
    response.setHeader(OFFSET, Long.toString(progress.offset()));
    response.setHeader("Upload-Length", Long.toString(progress.length()));
  }

  private static void fault(
      FederationFault fault, HttpServletRequest request, HttpServletResponse response)
      throws IOException {
    response.setStatus(status(fault));
    if (fault.code() == FaultCode.TOO_MANY) {
      response.setHeader(
          "Retry-After", Integer.toString(fault.details().getInt(FederationFault.RETRY_AFTER, 1)));
    }
    response.setContentType("text/plain;charset=UTF-8");
    if (!request.getMethod().equals("HEAD")) {
      response.getWriter().print(fault.phrase().in(request.getLocale()));
    }
  }

  /** A conflict that asking for the offset does not solve is told from one that it does. */
  static int status(FederationFault fault) {
    return switch (fault.code()) {
      case NOT_SIGNED_IN -> HttpServletResponse.SC_UNAUTHORIZED;
      case FORBIDDEN -> HttpServletResponse.SC_FORBIDDEN;
      case NOT_FOUND -> HttpServletResponse.SC_NOT_FOUND;
      case CONFLICT ->
          fault.details().containsKey("offset")
              ? HttpServletResponse.SC_CONFLICT
              : HttpServletResponse.SC_GONE;
      case REQUEST_IN_PROGRESS -> HttpServletResponse.SC_CONFLICT;
      case REQUEST_INVALID -> HttpServletResponse.SC_BAD_REQUEST;
      case TOO_MANY -> TOO_MANY_REQUESTS;
      case AUDIT_UNAVAILABLE -> HttpServletResponse.SC_SERVICE_UNAVAILABLE;
      default -> HttpServletResponse.SC_INTERNAL_SERVER_ERROR;
    };
  }
}
