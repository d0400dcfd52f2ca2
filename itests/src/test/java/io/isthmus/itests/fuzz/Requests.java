package io.isthmus.itests.fuzz;

import io.isthmus.itests.fuzz.Description.Operation;
import io.isthmus.itests.fuzz.Description.Parameter;
import io.isthmus.itests.fuzz.Description.Schema;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;
import net.jqwik.api.Tuple;

/**
 * Makes requests that nobody in his right mind sends: after the description in their form, with
 * values at and beyond every edge.
 */
final class Requests {

  /**
   * One request.
   *
   * @param path with its query, encoded
   * @param body text that is meant to be JSON
   * @param statuses with which the call is said to be answered
   */
  record Request(
      String method,
      String path,
      Map<String, String> headers,
      Optional<String> body,
      Set<String> statuses) {
    @Override
    public String toString() {
      String text = method + " " + path + " " + headers + " " + body.orElse("");
      return text.length() > 2000 ? text.substring(0, 2000) + "… (" + text.length() + ")" : text;
    }
  }

  private static final int MANY = 60_000;

  private static final Arbitrary<String> EDGES =
      Arbitraries.of(
          "",
          " ",
          "null",
          "0",
          "-1",
          "99999999999999999999",
          "1e400",
          "NaN",
          "true",
          "*",
          "..",
          "../../etc/passwd",
          "\u0000",
          "a\u0000b",
          "\u0001\u001b[31m\u007f",
          "\u202e\ufeff\u2028",
          "\ud800",
          "\ud83d\ude00\u0301",
          "' or 1=1 --",
          "${jndi:ldap://127.0.0.1/x}",
          "#{1+1}",
          "{0} {1,number,#} '",
          "<script>alert(1)</script>",
          "%00%2f%zz",
          "a".repeat(MANY),
          "🙂".repeat(500),
          "acme/demo",
          "acme/",
          "acme/demo/x",
          "00000000-0000-0000-0000-000000000000");

  /** Texts that are read as YAML: templates, policies, facts, clouds.yaml. */
  private static final Arbitrary<String> DOCUMENTS =
      Arbitraries.of(
          "[".repeat(5000),
          "{a: ".repeat(2000) + "1" + "}".repeat(2000),
          "a: &a [*a, *a]\nb: *a\n",
          "a: &a [x,x,x,x,x,x,x,x,x]\nb: &b [*a,*a,*a,*a,*a,*a,*a,*a,*a]\nc: &c [*b,*b,*b,*b,*b,*b,*b,*b,*b]\n"
              + "d: &d [*c,*c,*c,*c,*c,*c,*c,*c,*c]\ne: &e [*d,*d,*d,*d,*d,*d,*d,*d,*d]\nf: [*e,*e,*e,*e,*e,*e,*e,*e,*e]\n",
          "!!javax.script.ScriptEngineManager [!!java.net.URLClassLoader [[!!java.net.URL [\"http://127.0.0.1/\"]]]]",
          "a: 1\na: 2\n",
          "? [complex, key]\n: value\n",
          "\tx: 1",
          "--- 1\n--- 2\n",
          "heat_template_version: 2018-08-31\nresources: 7\n",
          "heat_template_version: 2018-08-31\nresources: {a: {type: OS::Nova::Server, properties: [1]}}\n",
          "heat_template_version: 2018-08-31\nresources: {a: {type: OS::Heat::ResourceGroup, properties: {count: 99999999999, resource_def: {type: OS::Neutron::Net}}}}\n",
          "heat_template_version: 2018-08-31\nresources: {a: {type: OS::Neutron::Net, depends_on: a}}\n",
          "heat_template_version: 2018-08-31\nresources: {a: {type: OS::Heat::Value, properties: {value: {get_attr: [a, value]}}}}\n",
          "heat_template_version: 2018-08-31\nresources: {a: {type: OS::Heat::Value, properties: {value: {repeat: {for_each: {x: []}, template: 1}}}}}\n",
          "heat_template_version: 2018-08-31\nparameters: {p: {type: number, default: .inf}}\nresources: {}\n",
          "heat_template_version: 2018-08-31\nparameters: {p: {type: string, default: a, constraints: [{allowed_pattern: '(a+)+$'}]}}\nresources: {n: {type: OS::Neutron::Net}}\n",
          "placement_policy_version: 2026-11-23\nrules: [1, null, {match: {types: 3}}]\n",
          "placement_policy_version: 2026-11-23\nrules: [{name: x, match: {}, spread: [{across: moon, max_skew: -1}]}]\n",
          "clouds: {x: {auth: {auth_url: 'ht!tp://[', username: 1}}}\n",
          "clouds: {x: {auth: 7}, '': {}, y: null}\n",
          "clouds: {z: {auth: {auth_url: 'http://127.0.0.1:1/v3', username: u, password: p, project_name: p}, isthmus: {country: 7, coordinates: [x]}}}\n");

  private static final Arbitrary<String> TEXTS =
      Arbitraries.frequencyOf(
          Tuple.of(3, EDGES),
          Tuple.of(3, DOCUMENTS),
          Tuple.of(2, Arbitraries.strings().all().ofMaxLength(40)),
          Tuple.of(2, Arbitraries.strings().ascii().ofMaxLength(20)));

  /** JSON values of every kind, as text. */
  private static final Arbitrary<String> VALUES =
      Arbitraries.frequencyOf(
          Tuple.of(
              3,
              Arbitraries.of(
                  "null",
                  "true",
                  "0",
                  "-0.0",
                  "1e400",
                  "123456789012345678901234567890",
                  "[]",
                  "{}",
                  "[null]",
                  "{\"\": null}",
                  "{\"a\": 1, \"a\": 2}",
                  "[".repeat(300) + "]".repeat(300))),
          Tuple.of(5, TEXTS.map(Requests::quoted)));

  private static final Arbitrary<String> NO_JSON =
      Arbitraries.of(
          "",
          "{",
          "[]",
          "null",
          "7",
          "\"text\"",
          "{\"a\": }",
          "{'a': 1}",
          "{} {}",
          "\u0000",
          "\ufeff{}",
          "{\"name\": \"\\ud800\"}",
          "[".repeat(20_000),
          "{\"a\":".repeat(20_000),
          "{\"parameters\":" + "{\"a\":".repeat(500) + "1" + "}".repeat(500) + "}");

  /**
   * Bytes of path and query; with the other headers they stay below the server's bound of 8 KiB.
   */
  private static final int LONGEST_ADDRESS = 6_000;

  private Requests() {}

  /** Requests of one call. */
  static Arbitrary<Request> of(Operation operation) {
    List<Arbitrary<Optional<String>>> values = new ArrayList<>();
    for (Parameter parameter : operation.parameters()) {
      Arbitrary<String> some = parameterValue(parameter);
      values.add(
          parameter.in().equals("path")
              ? some.map(Optional::of)
              : some.optional(parameter.required() ? 0.9 : 0.3));
    }
    Arbitrary<Optional<String>> body =
        operation
            .body()
            .map(
                schema ->
                    Arbitraries.frequencyOf(Tuple.of(6, json(schema, 0)), Tuple.of(1, NO_JSON))
                        .map(Optional::of))
            .orElseGet(() -> Arbitraries.just(Optional.empty()));
    return Combinators.combine(Combinators.combine(values).as(list -> list), body)
        .as((chosen, sent) -> request(operation, chosen, sent));
  }

  private static Arbitrary<String> parameterValue(Parameter parameter) {
    Arbitrary<String> any = Arbitraries.oneOf(EDGES, Arbitraries.strings().all().ofMaxLength(30));
    if (parameter.in().equals("path")) {
      // An empty one makes another path, dots lead out of it; the rest the server itself refuses.
      any =
          any.filter(text -> !text.isBlank() && !text.startsWith(".") && !isRefusedByServer(text))
              .map(Requests::bounded);
    }
    if (parameter.in().equals("header")) {
      any =
          Arbitraries.oneOf(
              Arbitraries.of(
                  "*", "\"0\"", "\"99999999999999999999\"", "W/\"1\"", "x", "\"\"", "-1"),
              Arbitraries.strings().withCharRange('!', '~').ofMinLength(1).ofMaxLength(300));
    }
    List<String> known = parameter.schema().values();
    return known.isEmpty()
        ? any.map(Requests::bounded)
        : Arbitraries.oneOf(any.map(Requests::bounded), Arbitraries.of(known));
  }

  /** Payara answers such paths 400 with an empty body, before any application is asked. */
  private static boolean isRefusedByServer(String path) {
    return path.indexOf('\0') >= 0 || path.indexOf('\\') >= 0;
  }

  /** Leaves room for others: a character is sent as up to nine bytes. */
  private static String bounded(String text) {
    return text.length() > 200 ? text.substring(0, 200) : text;
  }

  private static Request request(
      Operation operation, List<Optional<String>> values, Optional<String> body) {
    String path = operation.path();
    StringBuilder query = new StringBuilder();
    Map<String, String> headers = new TreeMap<>();
    for (int i = 0; i < values.size(); i++) {
      Parameter parameter = operation.parameters().get(i);
      if (values.get(i).isEmpty()) {
        continue;
      }
      String value = values.get(i).get();
      switch (parameter.in()) {
        case "path" -> path = path.replace("{" + parameter.name() + "}", encoded(value));
        case "header" -> headers.put(parameter.name(), value);
        default -> {
          String further =
              (query.isEmpty() ? "?" : "&") + encoded(parameter.name()) + "=" + encoded(value);
          if (path.length() + query.length() + further.length() <= LONGEST_ADDRESS) {
            query.append(further);
          }
        }
      }
    }
    return new Request(operation.method(), path + query, headers, body, operation.statuses());
  }

  /** A value that more often than not has the form that the schema wants. */
  private static Arbitrary<String> json(Schema schema, int depth) {
    Arbitrary<String> right =
        switch (schema.type()) {
          case "object" -> depth > 3 ? Arbitraries.just("{}") : object(schema, depth);
          case "array" ->
              json(schema.items(), depth + 1)
                  .list()
                  .ofMaxSize(3)
                  .map(items -> "[" + String.join(",", items) + "]");
          case "integer", "number" ->
              Arbitraries.of("0", "1", "-1", "2147483648", "9223372036854775808", "1.5", "1e99");
          case "boolean" -> Arbitraries.of("true", "false");
          case "string" -> {
            Arbitrary<String> texts = TEXTS;
            List<String> known = schema.values();
            if (!known.isEmpty()) {
              texts = Arbitraries.oneOf(texts, Arbitraries.of(known));
            }
            yield texts.map(Requests::quoted);
          }
          default -> VALUES;
        };
    return Arbitraries.frequencyOf(Tuple.of(depth == 0 ? 20 : 6, right), Tuple.of(1, VALUES));
  }

  private static Arbitrary<String> object(Schema schema, int depth) {
    List<String> names = new ArrayList<>(schema.properties().keySet());
    if (names.isEmpty()) {
      return Arbitraries.maps(TEXTS.map(Requests::bounded), VALUES)
          .ofMaxSize(3)
          .map(
              members -> {
                List<String> pairs = new ArrayList<>();
                members.forEach((name, value) -> pairs.add(quoted(name) + ":" + value));
                return "{" + String.join(",", pairs) + "}";
              });
    }
    List<Arbitrary<Optional<String>>> values = new ArrayList<>();
    for (String name : names) {
      double missing = schema.required().contains(name) ? 0.1 : 0.4;
      values.add(json(schema.property(name), depth + 1).optional(1 - missing));
    }
    return Combinators.combine(values)
        .as(
            chosen -> {
              List<String> members = new ArrayList<>();
              for (int i = 0; i < names.size(); i++) {
                String name = quoted(names.get(i));
                chosen.get(i).ifPresent(value -> members.add(name + ":" + value));
              }
              return "{" + String.join(",", members) + "}";
            });
  }

  private static String encoded(String text) {
    return URLEncoder.encode(text, StandardCharsets.UTF_8).replace("+", "%20");
  }

  /** As JSON says it; what is no character of Unicode is escaped, too. */
  private static String quoted(String text) {
    StringBuilder quoted = new StringBuilder("\"");
    for (char c : text.toCharArray()) {
      if (c == '"' || c == '\\') {
        quoted.append('\\').append(c);
      } else if (c < ' ' || Character.isSurrogate(c) || c >= 0xfff0) {
        quoted.append(String.format("\\u%04x", (int) c));
      } else {
        quoted.append(c);
      }
    }
    return quoted.append('"').toString();
  }
}
