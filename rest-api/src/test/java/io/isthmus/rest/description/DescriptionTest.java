package io.isthmus.rest.description;

import static io.isthmus.rest.description.OpenApi.document;
import static io.isthmus.rest.description.OpenApi.list;
import static io.isthmus.rest.description.OpenApi.map;
import static io.isthmus.rest.description.OpenApi.resolved;
import static org.assertj.core.api.Assertions.assertThat;

import io.isthmus.domain.cloud.LimitKind;
import jakarta.ws.rs.HttpMethod;
import jakarta.ws.rs.Path;
import java.io.IOException;
import java.lang.annotation.Annotation;
import java.lang.reflect.Method;
import java.net.URISyntaxException;
import java.nio.file.Files;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** The description tells of every call that there is, and of none that there is not. */
class DescriptionTest {

  private static final Set<String> METHODS =
      Set.of("get", "head", "put", "post", "patch", "delete");
  private static final Set<String> READ_BY_PROGRAMS =
      Set.of("application/json", "application/problem+json", "text/event-stream", "text/plain");

  @Test
  void namesExactlyTheCallsThatAreServed() throws Exception {
    assertThat(described()).isEqualTo(served());
  }

  @Test
  void namesEveryCallForClientsThatAreMadeFromIt() {
    assertThat(operations().values())
        .extracting(operation -> operation.get("operationId"))
        .doesNotContainNull()
        .doesNotHaveDuplicates();
  }

  @Test
  void namesEveryKindThatAQuotaCounts() {
    Map<String, Object> quota =
        map(map(map(document().get("components")).get("schemas")).get("Quota"));
    String told = map(map(quota.get("properties")).get("limits")).get("description").toString();

    assertThat(LimitKind.values())
        .allSatisfy(kind -> assertThat(told).contains("`" + kind.text() + "`"));
  }

  @Test
  void showsAnExampleOfEveryBody() {
    Set<String> without = new TreeSet<>();
    operations()
        .forEach(
            (call, operation) -> {
              if (!showsExample(map(operation.get("requestBody")))) {
                without.add(call + " request");
              }
              map(operation.get("responses"))
                  .forEach(
                      (status, response) -> {
                        if (!showsExample(map(response))) {
                          without.add(call + " " + status);
                        }
                      });
            });
    assertThat(without).as("bodies without an example").isEmpty();
  }

  @Test
  void showsAnExampleOfEveryPartOfAPath() {
    Set<String> without = new TreeSet<>();
    map(document().get("paths"))
        .forEach(
            (path, item) ->
                Stream.concat(
                        Stream.of(map(item)),
                        map(item).values().stream().filter(Map.class::isInstance).map(OpenApi::map))
                    .flatMap(holder -> list(holder.get("parameters")).stream())
                    .map(parameter -> resolved(map(parameter)))
                    .filter(parameter -> "path".equals(parameter.get("in")))
                    .filter(parameter -> !parameter.containsKey("example"))
                    .forEach(parameter -> without.add(path + " " + parameter.get("name"))));
    assertThat(without).as("parameters without an example").isEmpty();
  }

  /** A comma within braces that should be part of a text makes keys without values. */
  @Test
  void hasNoKeyWithoutValue() {
    Set<String> empty = new TreeSet<>();
    collectEmpty("", document(), empty);
    assertThat(empty).as("keys without value").isEmpty();
  }

  private static void collectEmpty(String at, Object node, Set<String> empty) {
    if (node == null) {
      empty.add(at);
    } else if (node instanceof Map<?, ?> members) {
      members.forEach((key, value) -> collectEmpty(at + "/" + key, value, empty));
    } else if (node instanceof List<?> items) {
      items.forEach(item -> collectEmpty(at + "/-", item, empty));
    }
  }

  /** Whether every body of a request or answer that programs read is shown by an example. */
  private static boolean showsExample(Map<String, Object> holder) {
    return map(resolved(holder).get("content")).entrySet().stream()
        .filter(content -> READ_BY_PROGRAMS.contains(content.getKey()))
        .map(content -> map(content.getValue()))
        .allMatch(
            body -> body.containsKey("example") || showsExampleOfSchema(map(body.get("schema"))));
  }

  private static boolean showsExampleOfSchema(Map<String, Object> schema) {
    Map<String, Object> whole = resolved(schema);
    return whole.containsKey("example")
        || whole.containsKey("items") && showsExampleOfSchema(map(whole.get("items")));
  }

  /** What is described by call, such as {@code get /stacks}. */
  private static Map<String, Map<String, Object>> operations() {
    Map<String, Map<String, Object>> operations = new TreeMap<>();
    map(document().get("paths"))
        .forEach(
            (path, item) ->
                map(item)
                    .forEach(
                        (method, operation) -> {
                          if (METHODS.contains(method)) {
                            operations.put(method + " " + path, map(operation));
                          }
                        }));
    return operations;
  }

  private static Set<String> described() {
    return operations().keySet();
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
