package io.isthmus.rest.problem;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.isthmus.domain.fault.FaultCode;
import io.isthmus.domain.fault.FederationFault;
import jakarta.ws.rs.container.ContainerRequestContext;
import jakarta.ws.rs.core.UriInfo;
import java.lang.reflect.Proxy;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class BodyLimitTest {

  /** A request whose body is too long. */
  private static ContainerRequestContext request(String method, String path) {
    UriInfo uri =
        (UriInfo)
            Proxy.newProxyInstance(
                BodyLimitTest.class.getClassLoader(),
                new Class<?>[] {UriInfo.class},
                (proxy, called, arguments) ->
                    arguments != null && Boolean.FALSE.equals(arguments[0])
                        ? path
                        : URLDecoder.decode(path, StandardCharsets.UTF_8));
    return (ContainerRequestContext)
        Proxy.newProxyInstance(
            BodyLimitTest.class.getClassLoader(),
            new Class<?>[] {ContainerRequestContext.class},
            (proxy, called, arguments) ->
                switch (called.getName()) {
                  case "getMethod" -> method;
                  case "getUriInfo" -> uri;
                  case "getLength" -> (int) BodyLimit.MOST + 1;
                  default -> throw new UnsupportedOperationException(called.getName());
                });
  }

  @ParameterizedTest
  @CsvSource({
    "POST, project-images/1/file",
    "PATCH, project-images/1",
    "PATCH, stacks/1/file",
    "PATCH, project-images/1%2Ffile",
    "PATCH, project-images%2F1%2Ffile"
  })
  void whatIsNoContentIsBounded(String method, String path) {
    ContainerRequestContext request = request(method, path);

    assertThatThrownBy(() -> new BodyLimit().filter(request))
        .isInstanceOfSatisfying(
            FederationFault.class,
            fault -> assertThat(fault.code()).isEqualTo(FaultCode.TOO_LARGE));
  }

  @ParameterizedTest
  @CsvSource({"project-images/1/file", "/project-images/1/file/"})
  void contentIsNot(String path) {
    new BodyLimit().filter(request("PATCH", path));
  }
}
