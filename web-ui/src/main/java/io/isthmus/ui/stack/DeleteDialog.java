package io.isthmus.ui.stack;

import com.vaadin.flow.component.UI;
import io.isthmus.domain.stack.PartView;
import io.isthmus.domain.stack.StackView;
import io.isthmus.domain.template.DeletionPolicy;
import io.isthmus.ui.element.RemovalDialog;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.Function;
import java.util.stream.Collectors;

/** Asks before a stack is deleted: says what is lost where, and what stays. */
class DeleteDialog extends RemovalDialog {

  private static final long serialVersionUID = 1L;

  /** More of a kind are only counted. */
  private static final int NAMED = 6;

  DeleteDialog(String stackName, List<PartView> parts, Runnable delete) {
    super(
        words("delete.title", stackName),
        consequences(parts),
        stackName,
        words("delete.do", lost(parts).size()),
        delete);
  }

  /**
   * Asks once for several: what is lost of each, and in which clouds.
   *
   * @param parts of a stack
   * @param delete what it could not do is told, and asked again
   */
  static RemovalDialog ofSeveral(
      List<StackView> stacks, Function<StackView, List<PartView>> parts, Runnable delete) {
    List<String> sentences = new ArrayList<>();
    int all = 0;
    int kept = 0;
    for (StackView stack : stacks) {
      List<PartView> there = there(parts.apply(stack));
      List<PartView> lost = lost(there);
      all += lost.size();
      kept += there.size() - lost.size();
      String clouds =
          lost.stream()
              .map(part -> part.id().cloud().text())
              .distinct()
              .sorted()
              .collect(Collectors.joining(", "));
      sentences.add(words("delete.of-stack", stack.name(), lost.size(), clouds));
    }
    sentences.add(0, words("delete.words", all));
    if (kept > 0) {
      sentences.add(words("delete.kept-of-several", kept));
    }
    sentences.add(words("delete.stay"));
    return new RemovalDialog(
        words("delete.several", stacks.size()),
        sentences,
        words("delete.several-typed", stacks.size()),
        words("delete.do", all),
        delete);
  }

  /** What no cloud has is no loss. */
  private static List<PartView> there(List<PartView> parts) {
    return parts.stream().filter(PartView::mayExist).toList();
  }

  private static List<PartView> lost(List<PartView> parts) {
    return there(parts).stream()
        .filter(part -> part.deletionPolicy() == DeletionPolicy.DELETE)
        .toList();
  }

  private static List<String> consequences(List<PartView> parts) {
    List<PartView> lost = lost(parts);
    List<PartView> kept = new ArrayList<>(there(parts));
    kept.removeAll(lost);
    List<String> sentences = new ArrayList<>();
    sentences.add(words("delete.words", lost.size()));
    sentences.addAll(byType(lost, "delete.of-type"));
    sentences.addAll(byType(kept, "delete.kept"));
    sentences.add(words("delete.stays"));
    return sentences;
  }

  private static List<String> byType(List<PartView> parts, String key) {
    Map<String, List<PartView>> byType =
        parts.stream()
            .collect(Collectors.groupingBy(PartView::type, TreeMap::new, Collectors.toList()));
    return byType.entrySet().stream()
        .map(entry -> words(key, entry.getValue().size(), entry.getKey(), named(entry.getValue())))
        .toList();
  }

  private static String named(List<PartView> parts) {
    String first =
        parts.stream()
            .limit(NAMED)
            .map(part -> part.id().resource() + " (" + part.id().cloud() + ")")
            .collect(Collectors.joining(", "));
    int more = parts.size() - NAMED;
    return more > 0 ? words("stack.and-others", first, more) : first;
  }

  private static String words(String key, Object... arguments) {
    return UI.getCurrent().getTranslation(key, arguments);
  }
}
