package io.isthmus.domain.template.function;

import io.isthmus.domain.language.Phrase;
import io.isthmus.domain.template.TemplateVersion;
import io.isthmus.domain.template.Where;
import jakarta.json.JsonValue;
import java.util.List;
import java.util.Optional;

/**
 * An attribute of a resource, or what lies below it.
 *
 * @param path the attribute, then keys and indexes; empty for all attributes
 */
public record GetAttr(String resource, Where resourceAt, List<Expression> path, Where where)
    implements Expression {

  public GetAttr {
    path = List.copyOf(path);
  }

  @Override
  public Optional<JsonValue> evaluate(Scope scope) {
    return Arguments.evaluateAll(path, scope).flatMap(steps -> scope.attribute(resource, steps));
  }

  /** The attribute's name where it is written out. */
  public Optional<String> attribute() {
    return path.isEmpty() ? Optional.empty() : Arguments.text(path.get(0));
  }

  @Override
  public Optional<Expression> settled(Scope scope) {
    return Optional.of(
        scope.replaced(new GetAttr(resource, resourceAt, Arguments.settled(path, scope), where)));
  }

  @Override
  public List<Expression> parts() {
    return path;
  }

  /** {@code get_attr: [resource, attribute, key, index, …]}. */
  static final class Function implements HotFunction {

    @Override
    public String name() {
      return "get_attr";
    }

    @Override
    public Optional<Expression> parse(Expression arguments, Where where, Setting setting) {
      List<Expression> list = arguments instanceof ListExpression given ? given.items() : List.of();
      Optional<String> resource = list.isEmpty() ? Optional.empty() : Arguments.text(list.get(0));
      boolean mayTakeAll = setting.version().isAtLeast(TemplateVersion.V2015_10_15);
      if (resource.isEmpty() || (list.size() == 1 && !mayTakeAll)) {
        setting.findings().add(where, Phrase.of("template.get-attr-arguments"));
        return Optional.empty();
      }
      return Optional.of(
          new GetAttr(resource.get(), list.get(0).where(), list.subList(1, list.size()), where));
    }
  }
}
