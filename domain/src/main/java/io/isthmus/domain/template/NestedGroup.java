package io.isthmus.domain.template;

import io.isthmus.domain.language.Phrase;
import io.isthmus.domain.template.function.Expression;
import io.isthmus.domain.template.function.GetAttr;
import io.isthmus.domain.template.function.ListExpression;
import io.isthmus.domain.template.function.Literal;
import io.isthmus.domain.template.function.MapExpression;
import jakarta.json.JsonValue;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** A group of uses of one nested template. */
final class NestedGroup {

  private final String path;
  private final List<NestedUse> members;
  private final Findings findings;

  NestedGroup(String path, List<NestedUse> members, Findings findings) {
    this.path = path;
    this.members = members;
    this.findings = findings;
  }

  /** What a reference to the group's attributes stands for. */
  Expression attribute(GetAttr get) {
    Optional<String> first =
        get.path().isEmpty() ? Optional.empty() : WrittenOut.text(get.path().get(0));
    if (first.isEmpty()) {
      findings.add(get.where(), Phrase.of("template.nested-attribute-written-out"));
      return new Literal(JsonValue.NULL, get.where());
    }
    List<Expression> rest = get.path().subList(1, get.path().size());
    Where where = get.where();
    Optional<String> member = Attributes.member(first.get());
    if (member.isPresent()) {
      return ofMember(get, first.get(), rest);
    }
    return switch (first.get()) {
      case "refs" -> WrittenOut.below(new ListExpression(references(where), where), rest, where);
      case "refs_map" -> WrittenOut.below(numbered(references(where), where), rest, where);
      case "attributes" ->
          numbered(members.stream().map(each -> each.attribute(get, rest)).toList(), where);
      default ->
          new ListExpression(
              members.stream().map(each -> each.attribute(get, get.path())).toList(), where);
    };
  }

  private List<Expression> references(Where where) {
    return members.stream().map(each -> each.reference(where)).toList();
  }

  private static Expression numbered(List<Expression> values, Where where) {
    Map<String, Expression> map = new LinkedHashMap<>();
    for (Expression value : values) {
      map.put(String.valueOf(map.size()), value);
    }
    return new MapExpression(map, Map.of(), where);
  }

  private Expression ofMember(GetAttr get, String attribute, List<Expression> rest) {
    String number = Attributes.member(attribute).orElseThrow();
    int index = number.matches("\\d{1,6}") ? Integer.parseInt(number) : members.size();
    if (index >= members.size()) {
      findings.add(get.where(), Phrase.of("template.no-such-member", path, number, members.size()));
      return new Literal(JsonValue.NULL, get.where());
    }
    NestedUse member = members.get(index);
    Optional<String> name = Attributes.belowMember(attribute);
    if (name.isEmpty() && rest.isEmpty()) {
      return member.reference(get.where());
    }
    List<Expression> steps = new ArrayList<>(rest);
    name.ifPresent(n -> steps.add(0, new Literal(Values.text(n), get.where())));
    return member.attribute(get, steps);
  }
}
