package io.isthmus.domain.template.function;

import io.isthmus.domain.language.Phrase;
import io.isthmus.domain.template.Values;
import io.isthmus.domain.template.Where;
import jakarta.json.JsonValue;
import java.util.List;
import java.util.Optional;

/**
 * A parameter's value, or what lies below it.
 *
 * @param path keys and indexes; one that leads nowhere yields an empty text, as in Heat
 */
public record GetParam(String name, Where nameAt, List<Expression> path, Where where)
    implements Expression {

  public GetParam {
    path = List.copyOf(path);
  }

  @Override
  public Optional<JsonValue> evaluate(Scope scope) {
    Optional<JsonValue> parameter = scope.parameter(name);
    Optional<List<JsonValue>> steps = Arguments.evaluateAll(path, scope);
    if (parameter.isEmpty() || steps.isEmpty()) {
      return Optional.empty();
    }
    return Optional.of(Paths.select(parameter.get(), steps.get()).orElse(Values.text("")));
  }

  @Override
  public Optional<Expression> settled(Scope scope) {
    return Optional.of(
        scope.replaced(new GetParam(name, nameAt, Arguments.settled(path, scope), where)));
  }

  @Override
  public List<Expression> parts() {
    return path;
  }

  /** {@code get_param: name} or {@code get_param: [name, key, index, …]}. */
  static final class Function implements HotFunction {

    @Override
    public String name() {
      return "get_param";
    }

    @Override
    public Optional<Expression> parse(Expression arguments, Where where, Setting setting) {
      List<Expression> list = Arguments.oneOrMore(arguments);
      Optional<String> name = list.isEmpty() ? Optional.empty() : Arguments.text(list.get(0));
      if (name.isEmpty()) {
        setting.findings().add(where, Phrase.of("template.get-param-arguments"));
        return Optional.empty();
      }
      return Optional.of(
          new GetParam(name.get(), list.get(0).where(), list.subList(1, list.size()), where));
    }
  }
}
