package io.isthmus.sandbox.http;

import java.util.List;
import java.util.Set;
import java.util.stream.Stream;

/**
 * The filters by tags that lists of Neutron and Octavia understand.
 *
 * @see "openstack/api-sig, guidelines/tags"
 */
public final class TagFilter {
  /** The query parameters that are filters by tags. */
  public static final Set<String> NAMES = Set.of("tags", "tags-any", "not-tags", "not-tags-any");

  private TagFilter() {}

  /** Whether something with these tags is among what the call asks for. */
  public static boolean matches(Call call, List<String> tags) {
    return holdsAll(tags, call.query("tags"))
        && (call.query("tags-any") == null || holdsAny(tags, call.query("tags-any")))
        && (call.query("not-tags") == null || !holdsAll(tags, call.query("not-tags")))
        && (call.query("not-tags-any") == null || !holdsAny(tags, call.query("not-tags-any")));
  }

  private static boolean holdsAll(List<String> tags, String wanted) {
    return wanted == null || Stream.of(wanted.split(",")).allMatch(tags::contains);
  }

  private static boolean holdsAny(List<String> tags, String wanted) {
    return Stream.of(wanted.split(",")).anyMatch(tags::contains);
  }
}
