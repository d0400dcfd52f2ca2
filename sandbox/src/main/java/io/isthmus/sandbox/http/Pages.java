package io.isthmus.sandbox.http;

import com.fasterxml.jackson.databind.node.ObjectNode;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.StringJoiner;

/** Sorting and paging by marker and limit, as the services have them in common. */
public final class Pages {
  private Pages() {}

  /**
   * One page of a list.
   *
   * @param rows what is on it
   * @param more whether a page follows
   */
  public record Page(List<ObjectNode> rows, boolean more) {}

  /**
   * Cuts the page out that {@code marker} and {@code limit} ask for.
   *
   * @param most the service's own limit
   */
  public static Page cut(Call call, List<ObjectNode> rows, int most) {
    return cut(call, rows, most, Tail.NONE);
  }

  /**
   * As above, of a list that has more behind its rows.
   *
   * @param tail in the order that the rows are in
   */
  public static Page cut(Call call, List<ObjectNode> rows, int most, Tail tail) {
    int limit = Math.min(number(call, "limit", most), most);
    if (limit == 0) {
      limit = most;
    }
    String marker = call.query("marker");
    boolean inTail = marker != null && tail.has(marker);
    int from = inTail ? rows.size() : 0;
    if (marker != null && !inTail) {
      while (from < rows.size() && !rows.get(from).get("id").asText().equals(marker)) {
        from++;
      }
      if (from == rows.size()) {
        throw Fault.badRequest("marker [" + marker + "] not found");
      }
      from++;
    }
    int to = Math.min(rows.size(), from + Math.min(limit, rows.size()));
    List<ObjectNode> page = new ArrayList<>(rows.subList(from, to));
    int room = limit - page.size();
    // One more tells whether there is one.
    List<ObjectNode> rest =
        tail.after(inTail ? marker : null, room == Integer.MAX_VALUE ? room : room + 1);
    page.addAll(rest.subList(0, Math.min(room, rest.size())));
    boolean cutOff = to < rows.size() || rest.size() > room;
    boolean limited = call.query("limit") != null || cutOff;
    return new Page(page, limited && page.size() == limit && !page.isEmpty());
  }

  /** A query parameter that must be a number from 0. */
  public static int number(Call call, String name, int otherwise) {
    String text = call.query(name);
    if (text == null) {
      return otherwise;
    }
    try {
      int value = Integer.parseInt(text);
      if (value >= 0) {
        return value;
      }
    } catch (NumberFormatException notANumber) {
      throw Fault.badRequest(
          "Invalid input for query parameters "
              + name
              + ". Value: "
              + text
              + ". '"
              + text
              + "' does not match '^[0-9]*$'");
    }
    throw Fault.badRequest(
        "Invalid input for query parameters "
            + name
            + ". Value: "
            + text
            + ". '"
            + text
            + "' does not match '^[0-9]*$'");
  }

  /** The address of the page after the given row: the same query with another marker. */
  public static String next(Call call, String url, String lastId) {
    StringJoiner query = new StringJoiner("&", url + "?", "");
    call.queries()
        .forEach(
            (name, values) -> {
              if (!name.equals("marker")) {
                values.forEach(value -> query.add(encode(name) + "=" + encode(value)));
              }
            });
    return query.add("marker=" + encode(lastId)).toString();
  }

  /** Compares rows by a field: numbers as numbers, all else as text, nulls first. */
  public static Comparator<ObjectNode> by(String field, boolean descending) {
    Comparator<ObjectNode> order =
        (a, b) -> {
          var x = a.path(field);
          var y = b.path(field);
          return x.isNumber() && y.isNumber()
              ? Double.compare(x.asDouble(), y.asDouble())
              : x.asText("").compareTo(y.asText(""));
        };
    return descending ? order.reversed() : order;
  }

  private static String encode(String text) {
    return URLEncoder.encode(text, StandardCharsets.UTF_8);
  }
}
