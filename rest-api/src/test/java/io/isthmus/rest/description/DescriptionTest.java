package io.isthmus.rest.description;

import static org.assertj.core.api.Assertions.assertThat;

import jakarta.ws.rs.HttpMethod;
import jakarta.ws.rs.Path;
import java.io.IOException;
import java.io.InputStream;
import java.lang.annotation.Annotation;
import java.lang.reflect.Method;
import java.net.URISyntaxException;
import java.nio.file.Files;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.yaml.snakeyaml.Yaml;

/** The description tells of every call that there is, and of none that there is not. */
class DescriptionTest {

  private static final Set<String> METHODS = Set.of("get", "put", "post", "patch", "delete");

  @Test
  void namesExactlyTheCallsThatAreServed() throws Exception {
    assertThat(described()).isEqualTo(served());
  }

  private static Set<String> described() throws IOException {
    try (InputStream in = DescriptionTest.class.getResourceAsStream("openapi.yaml")) {
      Map<String, Map<String, Map<String, Object>>> document = new Yaml().load(in);
      Set<String> calls = new TreeSet<>();
      document
          .get("paths")
          .forEach(
              (path, operations) ->
                  operations.keySet().stream()
                      .filter(METHODS::contains)
                      .forEach(method -> calls.add(method + " " + path)));
      return calls;
    }
  }

  private static Set<String> served() throws Exception {
    Set<String> calls = new TreeSet<>();
    for (Class<?> resource : resources()) {
      String base = resource.getAnnotation(Path.class).value();
      for (Method method : resource.getMethods()) {
        Path path = method.getAnnotation(Path.class);
        for (Annotation annotation : method.getAnnotations()) {
          HttpMethod http = annotation.annotationType().getAnnotation(HttpMethod.class);
          if (http != null) {
            calls.add(
                http.value().toLowerCase(Locale.ROOT)
                    + " "
                    + join(base, path == null ? "" : path.value().replaceAll(": [^}]+}", "}")));
          }
        }
      }
    }
    return calls;
  }

  private static String join(String base, String path) {
    return "/"
        + Stream.of(base, path)
            .filter(part -> !part.isEmpty())
            .reduce((a, b) -> a + "/" + b)
            .orElse("");
  }

  private static List<Class<?>> resources() throws URISyntaxException, IOException {
    java.nio.file.Path classes =
        java.nio.file.Path.of(
            DescriptionResource.class.getProtectionDomain().getCodeSource().getLocation().toURI());
    try (Stream<java.nio.file.Path> files = Files.walk(classes)) {
      return files
          .map(file -> classes.relativize(file).toString())
          .filter(name -> name.endsWith("Resource.class"))
          .<Class<?>>map(
              name -> load(name.replace('/', '.').substring(0, name.length() - ".class".length())))
          .filter(resource -> resource.isAnnotationPresent(Path.class))
          .toList();
    }
  }

  private static Class<?> load(String name) {
    try {
      return Class.forName(name);
    } catch (ClassNotFoundException e) {
      throw new IllegalStateException(e);
    }
  }
}
