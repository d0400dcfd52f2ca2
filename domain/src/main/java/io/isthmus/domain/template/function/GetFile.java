package io.isthmus.domain.template.function;

import io.isthmus.domain.language.Phrase;
import io.isthmus.domain.template.Values;
import io.isthmus.domain.template.Where;
import java.util.Optional;

/** {@code get_file: name}: the text of a file that was given with the template. */
final class GetFile implements HotFunction {

  @Override
  public String name() {
    return "get_file";
  }

  @Override
  public Optional<Expression> parse(Expression arguments, Where where, Setting setting) {
    Optional<String> file = Arguments.text(arguments);
    if (file.isEmpty()) {
      setting.findings().add(where, Phrase.of("template.get-file-arguments"));
      return Optional.empty();
    }
    String content = setting.files().get(file.get());
    if (content == null) {
      setting
          .findings()
          .add(
              arguments.where(),
              Phrase.of("template.no-such-file", file.get()),
              Phrase.of("template.no-such-file-remedy"));
      return Optional.empty();
    }
    return Optional.of(new Literal(Values.text(content), where));
  }
}
