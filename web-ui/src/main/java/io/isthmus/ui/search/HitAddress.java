package io.isthmus.ui.search;

import com.vaadin.flow.router.QueryParameters;
import io.isthmus.domain.search.Hit;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import java.util.Optional;

/**
 * The page of something that was found.
 *
 * @param path without parameters
 */
record HitAddress(String path, QueryParameters query) {

  /**
   * Where it is shown.
   *
   * @param administers whether the reader sees the clouds' own pages; others see what they have
   *     there
   */
  static HitAddress of(Hit hit, boolean administers) {
    if (hit instanceof Hit.OfStack found) {
      return of(found);
    }
    return hit instanceof Hit.InCloud found ? of(found) : of((Hit.Named) hit, administers);
  }

  private static HitAddress of(Hit.OfStack hit) {
    String stack = "stacks/" + hit.stack();
    return hit.part()
        .map(
            part ->
                new HitAddress(
                    stack + "/resources", QueryParameters.of("resource", part.toString())))
        .orElseGet(() -> new HitAddress(stack, QueryParameters.empty()));
  }

  /** The address says in whose access it was found. */
  private static HitAddress of(Hit.InCloud hit) {
    return new HitAddress(
        "inventory-resource",
        QueryParameters.simple(
            Map.of(
                "kind", hit.resource().text(),
                "cloud", hit.cloud().text(),
                "region", hit.region(),
                "id", hit.id(),
                "project", hit.in().toString())));
  }

  private static HitAddress of(Hit.Named hit, boolean administers) {
    if (hit.kind() == Hit.Kind.CLOUD && !administers) {
      return new HitAddress("stacks", QueryParameters.of("cloud", hit.id()));
    }
    String id = URLEncoder.encode(hit.id(), StandardCharsets.UTF_8).replace("+", "%20");
    boolean named = hit.kind() == Hit.Kind.TEMPLATE || hit.kind() == Hit.Kind.POLICY;
    // Names are one project's own, so that the address has to say whose.
    return new HitAddress(
        list(hit.kind()) + "/" + id,
        hit.project()
            .filter(project -> named)
            .map(project -> QueryParameters.of("project", project.toString()))
            .orElseGet(QueryParameters::empty));
  }

  /**
   * The list in which all of a kind are found.
   *
   * @return empty for what no list of its own shows
   */
  static Optional<HitAddress> ofAll(Hit.Kind kind, String text, boolean administers) {
    return switch (kind) {
      case RESOURCE, ADDRESS, ID, IN_CLOUD -> Optional.empty();
      case CLOUD -> administers ? Optional.of(searched(kind, text)) : Optional.empty();
      case STACK, PLAN, TEMPLATE, POLICY -> Optional.of(searched(kind, text));
    };
  }

  private static HitAddress searched(Hit.Kind kind, String text) {
    return new HitAddress(list(kind), QueryParameters.of("q", text));
  }

  private static String list(Hit.Kind kind) {
    return switch (kind) {
      case STACK, RESOURCE, ADDRESS, ID -> "stacks";
      case IN_CLOUD -> "inventory";
      case PLAN -> "plans";
      case TEMPLATE -> "templates";
      case POLICY -> "policies";
      case CLOUD -> "clouds";
    };
  }

  /** As a link has it. */
  String href() {
    String parameters = query.getQueryString();
    return "/" + path + (parameters.isEmpty() ? "" : "?" + parameters);
  }
}
