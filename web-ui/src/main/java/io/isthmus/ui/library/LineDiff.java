package io.isthmus.ui.library;

import java.util.ArrayList;
import java.util.List;

/** The difference of two texts, line by line, by their longest common subsequence. */
final class LineDiff {

  /** Beyond this much work, all that lies between what is equal at both ends counts as replaced. */
  private static final long MOST_CELLS = 4_000_000;

  private LineDiff() {}

  /** What became of a line. */
  enum Kind {
    SAME,
    REMOVED,
    ADDED
  }

  /**
   * A line of either text.
   *
   * @param number in the newer text, of a removed line in the older; from 1
   */
  record Line(Kind kind, int number, String text) {}

  /** All lines of both, those that are the same once. */
  static List<Line> of(String older, String newer) {
    List<String> a = lines(older);
    List<String> b = lines(newer);
    int start = 0;
    while (start < a.size() && start < b.size() && a.get(start).equals(b.get(start))) {
      start++;
    }
    int endA = a.size();
    int endB = b.size();
    while (endA > start && endB > start && a.get(endA - 1).equals(b.get(endB - 1))) {
      endA--;
      endB--;
    }
    List<Line> found = new ArrayList<>();
    for (int i = 0; i < start; i++) {
      found.add(new Line(Kind.SAME, i + 1, b.get(i)));
    }
    between(a.subList(start, endA), b.subList(start, endB), start, found);
    for (int i = endB; i < b.size(); i++) {
      found.add(new Line(Kind.SAME, i + 1, b.get(i)));
    }
    return found;
  }

  /** No line for the end of a text that ends as texts do; none for an empty one. */
  private static List<String> lines(String text) {
    return text.lines().toList();
  }

  private static void between(List<String> a, List<String> b, int offset, List<Line> found) {
    int i = 0;
    int j = 0;
    if ((long) a.size() * b.size() <= MOST_CELLS) {
      int[][] common = common(a, b);
      while (i < a.size() && j < b.size()) {
        if (a.get(i).equals(b.get(j))) {
          found.add(new Line(Kind.SAME, offset + j + 1, b.get(j)));
          i++;
          j++;
        } else if (common[i + 1][j] >= common[i][j + 1]) {
          found.add(new Line(Kind.REMOVED, offset + i + 1, a.get(i)));
          i++;
        } else {
          found.add(new Line(Kind.ADDED, offset + j + 1, b.get(j)));
          j++;
        }
      }
    }
    for (; i < a.size(); i++) {
      found.add(new Line(Kind.REMOVED, offset + i + 1, a.get(i)));
    }
    for (; j < b.size(); j++) {
      found.add(new Line(Kind.ADDED, offset + j + 1, b.get(j)));
    }
  }

  /** How many lines the rests of both from each pair of places on have in common. */
  private static int[][] common(List<String> a, List<String> b) {
    int[][] common = new int[a.size() + 1][b.size() + 1];
    for (int i = a.size() - 1; i >= 0; i--) {
      for (int j = b.size() - 1; j >= 0; j--) {
        common[i][j] =
            a.get(i).equals(b.get(j))
                ? common[i + 1][j + 1] + 1
                : Math.max(common[i + 1][j], common[i][j + 1]);
      }
    }
    return common;
  }
}
