package io.isthmus.ui.list;

import com.vaadin.flow.router.QueryParameters;
import java.util.Arrays;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * What a reader asks of a list, as it stands in the address: {@code
 * q=shop&status=CREATE_FAILED&sort=name:desc&page=2&columns=name,status}. What a list does not know
 * stays in the address as it is.
 *
 * @param values by parameter, none of them blank
 */
public record ListState(Map<String, String> values) {

  /** What is searched for. */
  public static final String TEXT = "q";

  private static final String SORT = "sort";
  private static final String PAGE = "page";
  private static final String COLUMNS = "columns";
  private static final String DESCENDING = ":desc";
  private static final String ASCENDING = ":asc";

  /** By which column, and whether from the last to the first. */
  public record Sort(String column, boolean descending) {}

  public ListState {
    LinkedHashMap<String, String> kept = new LinkedHashMap<>(values);
    kept.values().removeIf(String::isBlank);
    values = java.util.Collections.unmodifiableMap(kept);
  }

  /**
   * Of a parameter that is given twice, the first counts; one with a NUL, which is in no text that
   * is kept, does not.
   */
  public static ListState of(QueryParameters query) {
    Map<String, String> values = new LinkedHashMap<>();
    query
        .getParameters()
        .forEach(
            (name, given) ->
                given.stream()
                    .findFirst()
                    .filter(one -> one.indexOf('\0') < 0)
                    .ifPresent(one -> values.put(name, one)));
    return new ListState(values);
  }

  /** What the address says when this is asked for. */
  public QueryParameters query() {
    return QueryParameters.simple(values);
  }

  public Optional<String> value(String name) {
    return Optional.ofNullable(values.get(name)).map(String::strip);
  }

  /** The constant of that name; empty for a word that is none, which filters nothing. */
  public <E extends Enum<E>> Optional<E> value(String name, Class<E> of) {
    return value(name).map(word -> constant(of, word));
  }

  /** Null for a word that is none. */
  static <E extends Enum<E>> E constant(Class<E> of, String word) {
    return Arrays.stream(of.getEnumConstants())
        .filter(each -> each.name().equals(word))
        .findFirst()
        .orElse(null);
  }

  /** What is searched for; empty for all. */
  public String text() {
    return value(TEXT).orElse("");
  }

  /** Empty for the list's own order. */
  public Optional<Sort> sort() {
    return value(SORT)
        .map(
            text ->
                text.endsWith(DESCENDING)
                    ? new Sort(text.substring(0, text.length() - DESCENDING.length()), true)
                    : new Sort(
                        text.endsWith(ASCENDING)
                            ? text.substring(0, text.length() - ASCENDING.length())
                            : text,
                        false));
  }

  /** From 1; what is no number is the first page. */
  public int page() {
    try {
      return Math.max(1, value(PAGE).map(Integer::parseInt).orElse(1));
    } catch (NumberFormatException e) {
      return 1;
    }
  }

  /** Columns to show; empty for the list's own choice. */
  public Optional<List<String>> columns() {
    return value(COLUMNS).map(text -> Arrays.stream(text.split(",")).map(String::strip).toList());
  }

  /**
   * The same with another value, from the first page on.
   *
   * @param value blank for none
   */
  public ListState with(String name, String value) {
    return changed(name, value).changed(PAGE, "");
  }

  /**
   * The same page with another value that does not change what is listed.
   *
   * @param value blank for none
   */
  public ListState beside(String name, String value) {
    return changed(name, value);
  }

  public ListState sortedBy(Sort sort) {
    return with(SORT, sort.column() + (sort.descending() ? DESCENDING : ASCENDING));
  }

  public ListState onPage(int page) {
    return changed(PAGE, page <= 1 ? "" : Integer.toString(page));
  }

  /**
   * @param columns empty for the list's own choice
   */
  public ListState showing(Optional<List<String>> columns) {
    return changed(COLUMNS, columns.map(names -> String.join(",", names)).orElse(""));
  }

  /** The same without these. */
  public ListState without(Collection<String> names) {
    Map<String, String> rest = new LinkedHashMap<>(values);
    rest.keySet().removeAll(names);
    return new ListState(rest).changed(PAGE, "");
  }

  private ListState changed(String name, String value) {
    Map<String, String> changed = new LinkedHashMap<>(values);
    if (value == null || value.isBlank()) {
      changed.remove(name);
    } else {
      changed.put(name, value.strip());
    }
    return new ListState(changed);
  }
}
