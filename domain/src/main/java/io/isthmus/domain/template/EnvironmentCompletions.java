package io.isthmus.domain.template;

import io.isthmus.domain.template.type.ResourceTypes;
import io.isthmus.domain.yaml.Suggestion;
import io.isthmus.domain.yaml.Suggestion.Kind;
import io.isthmus.domain.yaml.YamlCaret;
import io.isthmus.domain.yaml.YamlCaret.Slot;
import io.isthmus.domain.yaml.YamlOutline;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;

/**
 * What may be written at a place of an environment: its sections, the template's parameters, and
 * what type names may stand for. Neither text need be complete.
 */
public final class EnvironmentCompletions {

  private final YamlCaret caret;
  private final TemplateSource template;
  private final List<Suggestion> found = new ArrayList<>();

  private EnvironmentCompletions(YamlCaret caret, TemplateSource template) {
    this.caret = caret;
    this.template = template;
  }

  /**
   * Suggests what may be written.
   *
   * @param line 1-based
   * @param column how many characters stand before the caret on its line
   * @param template that the environment is for, with its files
   * @return in the order in which they are best shown; empty where nothing can be told
   */
  public static List<Suggestion> at(String text, int line, int column, TemplateSource template) {
    EnvironmentCompletions completions =
        new EnvironmentCompletions(YamlCaret.at(text, line, column), template);
    completions.collect();
    return List.copyOf(completions.found);
  }

  private void collect() {
    if (caret.slot() == Slot.NOTHING) {
      return;
    }
    if (caret.path().isEmpty()) {
      keys(
          List.of(
              EnvironmentParser.PARAMETERS,
              EnvironmentParser.DEFAULTS,
              EnvironmentParser.REGISTRY));
    } else if (caret.isAt(EnvironmentParser.PARAMETERS)) {
      keys(parameters(template.text()));
    } else if (caret.isAt(EnvironmentParser.DEFAULTS)) {
      keys(parameters(template.text()));
      template.files().values().forEach(nested -> keys(parameters(nested)));
    } else if (caret.isAt(EnvironmentParser.REGISTRY, "*")) {
      template.files().keySet().stream().sorted().forEach(file -> word(file, Kind.REFERENCE));
      ResourceTypes.names().forEach(type -> word(type, Kind.TYPE));
    }
  }

  private static List<String> parameters(String template) {
    return YamlOutline.of(template).keys("parameters");
  }

  private void keys(Collection<String> names) {
    if (caret.takesKey()) {
      names.stream()
          .filter(name -> !caret.written().contains(name))
          .map(name -> Suggestion.key(name, Kind.KEY, ""))
          .filter(suggestion -> !found.contains(suggestion))
          .forEach(found::add);
    }
  }

  private void word(String word, Kind kind) {
    if (caret.takesValue()) {
      found.add(Suggestion.word(word, kind, ""));
    }
  }
}
