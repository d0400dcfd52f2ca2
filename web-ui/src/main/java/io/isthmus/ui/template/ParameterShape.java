package io.isthmus.ui.template;

import io.isthmus.domain.template.ParameterDefinition;
import io.isthmus.domain.template.ParameterType;
import io.isthmus.domain.template.ValueConstraint;
import jakarta.json.JsonArray;
import jakarta.json.JsonString;
import jakarta.json.JsonValue;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;

/**
 * How a parameter is asked for in a form.
 *
 * @param name as in the template
 * @param kind of field
 * @param label what the field is called
 * @param help description and constraints, a sentence each; may be empty
 * @param choices what a CHOICE may be, in the template's order
 * @param constraint the custom constraint that says what a NAME is of, such as {@code nova.flavor};
 *     empty for the other kinds
 * @param initial the default as text; empty when there is none
 */
public record ParameterShape(
    String name,
    Kind kind,
    String label,
    List<Help> help,
    List<String> choices,
    String constraint,
    String initial,
    boolean required) {

  /** Kinds of fields. */
  public enum Kind {
    /** One line of text. */
    TEXT,
    /** Text that nobody may see. */
    SECRET,
    /** A number, with sign, fraction and exponent as a template takes them. */
    NUMBER,
    /** Yes or no. */
    SWITCH,
    /** One of a few. */
    CHOICE,
    /** Something that clouds have, by its name or id. */
    NAME,
    /** Texts with commas between. */
    LIST,
    /** A JSON object or array. */
    JSON
  }

  /**
   * A sentence of help.
   *
   * @param key of the portal's messages; empty when the words are the template author's
   * @param arguments for the message, or the author's words alone
   */
  public record Help(String key, List<String> arguments) {

    public Help {
      arguments = List.copyOf(arguments);
    }

    static Help words(String words) {
      return new Help("", List.of(words));
    }

    static Help of(String key, String... arguments) {
      return new Help(key, List.of(arguments));
    }
  }

  public ParameterShape {
    help = List.copyOf(help);
    choices = List.copyOf(choices);
  }

  public static ParameterShape of(ParameterDefinition parameter) {
    return of(parameter, Optional.empty());
  }

  /**
   * @param given by an environment, in the place of the template's default
   */
  public static ParameterShape of(ParameterDefinition parameter, Optional<JsonValue> given) {
    List<String> choices =
        parameter.constraints().stream()
            .filter(ValueConstraint.AllowedValues.class::isInstance)
            .map(ValueConstraint.AllowedValues.class::cast)
            .findFirst()
            .map(ValueConstraint.AllowedValues::values)
            .orElse(List.of());
    Optional<String> custom = custom(parameter);
    Kind kind = kind(parameter, choices, custom.isPresent());
    return new ParameterShape(
        parameter.name(),
        kind,
        parameter.label().orElse(parameter.name()),
        help(parameter),
        choices,
        custom.filter(constraint -> kind == Kind.NAME).orElse(""),
        given.or(parameter::defaultValue).map(value -> text(parameter.type(), value)).orElse(""),
        parameter.required() && given.isEmpty());
  }

  /** The same where there is a value already, which stands as long as nothing is entered. */
  public ParameterShape kept() {
    List<Help> more = new ArrayList<>(help);
    more.add(Help.of("parameter.value-kept"));
    return new ParameterShape(name, kind, label, more, choices, constraint, "", false);
  }

  private static Optional<String> custom(ParameterDefinition parameter) {
    return parameter.constraints().stream()
        .filter(ValueConstraint.Custom.class::isInstance)
        .map(ValueConstraint.Custom.class::cast)
        .map(ValueConstraint.Custom::name)
        .findFirst();
  }

  private static Kind kind(ParameterDefinition parameter, List<String> choices, boolean custom) {
    if (parameter.hidden()) {
      return Kind.SECRET;
    }
    boolean single =
        parameter.type() == ParameterType.STRING || parameter.type() == ParameterType.NUMBER;
    if (!choices.isEmpty() && single) {
      return Kind.CHOICE;
    }
    return switch (parameter.type()) {
      case STRING -> custom ? Kind.NAME : Kind.TEXT;
      case NUMBER -> Kind.NUMBER;
      case BOOLEAN -> Kind.SWITCH;
      case COMMA_DELIMITED_LIST -> Kind.LIST;
      case JSON -> Kind.JSON;
    };
  }

  private static List<Help> help(ParameterDefinition parameter) {
    List<Help> help = new ArrayList<>();
    if (!parameter.description().isBlank()) {
      help.add(Help.words(parameter.description().strip()));
    }
    parameter.constraints().stream().map(ParameterShape::help).forEach(help::addAll);
    if (parameter.type() == ParameterType.COMMA_DELIMITED_LIST) {
      help.add(Help.of("parameter.list-help"));
    }
    if (parameter.type() == ParameterType.JSON) {
      help.add(Help.of("parameter.json-help"));
    }
    return help;
  }

  private static List<Help> help(ValueConstraint constraint) {
    if (constraint.message().isPresent()) {
      return List.of(Help.words(constraint.message().get()));
    }
    if (constraint instanceof ValueConstraint.Length length) {
      return bounds(
          "length",
          length.min().map(String::valueOf).orElse(""),
          length.max().map(String::valueOf).orElse(""));
    }
    if (constraint instanceof ValueConstraint.Range range) {
      return bounds(
          "range",
          range.min().map(BigDecimal::toPlainString).orElse(""),
          range.max().map(BigDecimal::toPlainString).orElse(""));
    }
    if (constraint instanceof ValueConstraint.Modulo modulo) {
      return List.of(
          Help.of(
              "parameter.modulo", modulo.step().toPlainString(), modulo.offset().toPlainString()));
    }
    if (constraint instanceof ValueConstraint.AllowedPattern pattern) {
      return List.of(Help.of("parameter.pattern", pattern.pattern()));
    }
    // Of a name that must exist in a cloud, the plan says what each cloud has in its place.
    return List.of();
  }

  private static List<Help> bounds(String what, String min, String max) {
    if (max.isEmpty()) {
      return List.of(Help.of("parameter." + what + "-from", min));
    }
    if (min.isEmpty()) {
      return List.of(Help.of("parameter." + what + "-to", max));
    }
    return List.of(Help.of("parameter." + what, min, max));
  }

  private static String text(ParameterType type, JsonValue value) {
    if (type == ParameterType.COMMA_DELIMITED_LIST && value instanceof JsonArray list) {
      return list.stream().map(ParameterShape::plain).collect(Collectors.joining(","));
    }
    return plain(value);
  }

  private static String plain(JsonValue value) {
    return value instanceof JsonString string ? string.getString() : value.toString();
  }
}
