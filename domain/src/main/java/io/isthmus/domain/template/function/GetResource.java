package io.isthmus.domain.template.function;

import io.isthmus.domain.language.Phrase;
import io.isthmus.domain.template.Where;
import jakarta.json.JsonValue;
import java.util.Optional;

/** What identifies a resource in its cloud. */
public record GetResource(String resource, Where where) implements Expression {

  @Override
  public Optional<JsonValue> evaluate(Scope scope) {
    return scope.resource(resource);
  }

  @Override
  public Optional<Expression> settled(Scope scope) {
    return Optional.of(scope.replaced(this));
  }

  /** {@code get_resource: name}. */
  static final class Function implements HotFunction {

    @Override
    public String name() {
      return "get_resource";
    }

    @Override
    public Optional<Expression> parse(Expression arguments, Where where, Setting setting) {
      Optional<String> resource = Arguments.text(arguments);
      if (resource.isEmpty()) {
        setting.findings().add(where, Phrase.of("template.get-resource-arguments"));
      }
      return resource.map(name -> new GetResource(name, arguments.where()));
    }
  }
}
