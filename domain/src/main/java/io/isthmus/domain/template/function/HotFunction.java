package io.isthmus.domain.template.function;

import io.isthmus.domain.template.Findings;
import io.isthmus.domain.template.TemplateVersion;
import io.isthmus.domain.template.Where;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** One of HOT's functions: makes an expression of its arguments. */
public interface HotFunction {

  /** As in a template, such as {@code get_param}. */
  String name();

  /**
   * Checks what can be known of the arguments from the text alone.
   *
   * @return empty when they are wrong, which {@code setting.findings} has been told
   */
  Optional<Expression> parse(Expression arguments, Where where, Setting setting);

  /**
   * What surrounds a function.
   *
   * @param files what {@code get_file} may read, by name
   * @param conditions the names in the section {@code conditions}
   */
  record Setting(
      TemplateVersion version,
      Map<String, String> files,
      Set<String> conditions,
      Findings findings) {}
}
