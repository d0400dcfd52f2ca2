package io.isthmus.rest.problem;

import io.isthmus.domain.fault.FaultCode;
import io.isthmus.domain.fault.FederationFault;
import io.isthmus.domain.language.Phrase;
import jakarta.ws.rs.HttpMethod;
import jakarta.ws.rs.container.ContainerRequestContext;
import jakarta.ws.rs.container.ContainerRequestFilter;
import jakarta.ws.rs.container.PreMatching;
import jakarta.ws.rs.ext.Provider;
import java.io.FilterInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.util.regex.Pattern;

/**
 * Reads no more of a request's body than a template with its files can have. The content of an
 * image is streamed, and has a bound of its own: what was told before it.
 */
@Provider
@PreMatching
public class BodyLimit implements ContainerRequestFilter {

  /** In bytes: a template and a policy of 512 KiB each, their files, and JSON's escapes. */
  static final long MOST = 8L * 1024 * 1024;

  private static final Pattern CONTENT = Pattern.compile("/?project-images/[^/]+/file/?");

  /** By the path as it was sent: what is decoded may have become a slash. */
  private static boolean isContent(ContainerRequestContext request) {
    return request.getMethod().equals(HttpMethod.PATCH)
        && CONTENT.matcher(request.getUriInfo().getPath(false)).matches();
  }

  @Override
  public void filter(ContainerRequestContext request) {
    if (isContent(request)) {
      return;
    }
    if (request.getLength() > MOST) {
      throw tooLarge();
    }
    request.setEntityStream(new Bounded(request.getEntityStream()));
  }

  private static FederationFault tooLarge() {
    return new FederationFault(
        FaultCode.TOO_LARGE, Phrase.of("fault.body-too-large", MOST / (1024 * 1024)));
  }

  /** For bodies that do not say how long they are. */
  private static final class Bounded extends FilterInputStream {

    private long left = MOST;

    Bounded(InputStream in) {
      super(in);
    }

    @Override
    public int read() throws IOException {
      int read = super.read();
      count(read < 0 ? 0 : 1);
      return read;
    }

    @Override
    public int read(byte[] buffer, int offset, int length) throws IOException {
      int read = super.read(buffer, offset, length);
      count(Math.max(0, read));
      return read;
    }

    private void count(int read) {
      left -= read;
      if (left < 0) {
        throw tooLarge();
      }
    }
  }
}
