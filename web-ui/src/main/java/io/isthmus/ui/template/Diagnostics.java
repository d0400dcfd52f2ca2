package io.isthmus.ui.template;

import io.isthmus.domain.fault.FederationFault;
import io.isthmus.domain.fault.Violation;
import io.isthmus.ui.element.Notice;
import io.isthmus.ui.widget.TemplateEditor.Diagnostic;
import io.isthmus.ui.widget.TemplateEditor.Severity;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;

/** Mistakes in a text, for the editor. */
public final class Diagnostics {

  private Diagnostics() {}

  /** In the order of the text, each at its line; one whose place is not known is at the first. */
  public static List<Diagnostic> of(FederationFault fault, Locale locale) {
    if (fault.violations().isEmpty()) {
      return List.of(Diagnostic.onLine(1, fault.phrase().in(locale)));
    }
    return fault.violations().stream()
        .map(violation -> of(violation, locale))
        .sorted(Comparator.comparingInt(Diagnostic::line).thenComparingInt(Diagnostic::column))
        .toList();
  }

  /** At its line; one whose place is not known, or in another file, is at the first. */
  public static Diagnostic of(Violation violation, Locale locale) {
    boolean isHere = violation.pointer().indexOf('#') < 0;
    return new Diagnostic(
        isHere ? Math.max(1, violation.line()) : 1,
        isHere ? Math.max(1, violation.column()) : 1,
        0,
        Notice.message(violation, locale),
        Severity.ERROR);
  }
}
