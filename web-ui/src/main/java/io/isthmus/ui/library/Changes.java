package io.isthmus.ui.library;

import io.isthmus.domain.library.SavedItem;
import java.util.ArrayList;
import java.util.List;
import java.util.TreeSet;

/** What is different between two versions of a saved item. */
final class Changes {

  private Changes() {}

  /** Which of its texts changed. */
  enum What {
    TEXT,
    FILE,
    ENVIRONMENT
  }

  /**
   * One text that changed.
   *
   * @param file its name; empty for other texts
   */
  record OfText(What what, String file, List<LineDiff.Line> lines) {
    long count(LineDiff.Kind kind) {
      return lines.stream().filter(line -> line.kind() == kind).count();
    }
  }

  /** Texts that are the same in both are left out. */
  static List<OfText> between(SavedItem older, SavedItem newer) {
    List<OfText> changes = new ArrayList<>();
    add(What.TEXT, "", older.source().text(), newer.source().text(), changes);
    TreeSet<String> files = new TreeSet<>(older.source().files().keySet());
    files.addAll(newer.source().files().keySet());
    for (String file : files) {
      add(
          What.FILE,
          file,
          older.source().files().getOrDefault(file, ""),
          newer.source().files().getOrDefault(file, ""),
          changes);
    }
    add(What.ENVIRONMENT, "", older.environment(), newer.environment(), changes);
    return changes;
  }

  private static void add(
      What what, String file, String older, String newer, List<OfText> changes) {
    if (!older.equals(newer)) {
      changes.add(new OfText(what, file, LineDiff.of(older, newer)));
    }
  }
}
