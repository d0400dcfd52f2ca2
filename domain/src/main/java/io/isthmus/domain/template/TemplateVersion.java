package io.isthmus.domain.template;

import java.util.Arrays;
import java.util.EnumSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * The versions of HOT, each with its aliases and the functions that it knows.
 *
 * @see "openstack/heat heat/engine/hot/template.py"
 */
public enum TemplateVersion {
  V2013_05_23(
      "2013-05-23",
      null,
      List.of(
          "get_attr",
          "get_file",
          "get_param",
          "get_resource",
          "list_join",
          "resource_facade",
          "str_replace",
          "Fn::Base64",
          "Fn::GetAZs",
          "Fn::Join",
          "Fn::MemberListToMap",
          "Fn::Replace",
          "Fn::ResourceFacade",
          "Fn::Select",
          "Fn::Split",
          "Ref"),
      List.of()),
  V2014_10_16(
      "2014-10-16",
      null,
      List.of(),
      List.of(
          "Fn::Base64",
          "Fn::GetAZs",
          "Fn::Join",
          "Fn::MemberListToMap",
          "Fn::Replace",
          "Fn::ResourceFacade",
          "Fn::Split",
          "Ref")),
  V2015_04_30("2015-04-30", null, List.of("repeat", "digest"), List.of()),
  V2015_10_15("2015-10-15", null, List.of("str_split"), List.of("Fn::Select")),
  V2016_04_08("2016-04-08", null, List.of("map_merge"), List.of()),
  V2016_10_14("2016-10-14", "newton", List.of("yaql", "map_replace", "if"), List.of()),
  V2017_02_24("2017-02-24", "ocata", List.of("filter", "str_replace_strict"), List.of()),
  V2017_09_01(
      "2017-09-01",
      "pike",
      List.of("make_url", "list_concat", "list_concat_unique", "str_replace_vstrict", "contains"),
      List.of()),
  V2018_03_02("2018-03-02", "queens", List.of(), List.of()),
  V2018_08_31("2018-08-31", "rocky", List.of(), List.of()),
  V2021_04_16("2021-04-16", "wallaby", List.of(), List.of());

  private final String date;
  private final Optional<String> alias;
  private final List<String> added;
  private final List<String> removed;

  TemplateVersion(String date, String alias, List<String> added, List<String> removed) {
    this.date = date;
    this.alias = Optional.ofNullable(alias);
    this.added = added;
    this.removed = removed;
  }

  /** As in {@code heat_template_version}. */
  public String date() {
    return date;
  }

  /** The release's name where Heat takes it, such as {@code wallaby}. */
  public Optional<String> alias() {
    return alias;
  }

  public boolean isAtLeast(TemplateVersion other) {
    return compareTo(other) >= 0;
  }

  /** Whether there are conditions and {@code if}. */
  public boolean hasConditions() {
    return isAtLeast(V2016_10_14);
  }

  /** By date or alias. */
  public static Optional<TemplateVersion> find(String text) {
    return Arrays.stream(values())
        .filter(v -> v.date.equals(text) || v.alias.filter(text::equals).isPresent())
        .findFirst();
  }

  /** Every date and alias, oldest first. */
  public static List<String> names() {
    return Arrays.stream(values())
        .flatMap(v -> v.alias.map(a -> List.of(v.date, a)).orElse(List.of(v.date)).stream())
        .toList();
  }

  /** The functions that Heat knows in this version, whether or not they are supported here. */
  public Set<String> functions() {
    Set<String> functions = new LinkedHashSet<>();
    for (TemplateVersion version : EnumSet.range(V2013_05_23, this)) {
      functions.addAll(version.added);
      version.removed.forEach(functions::remove);
    }
    return functions;
  }

  /** Every function of any version. */
  public static Set<String> allFunctions() {
    Set<String> functions = new LinkedHashSet<>();
    for (TemplateVersion version : values()) {
      functions.addAll(version.added);
    }
    return functions;
  }
}
