package io.isthmus.ui.template;

import com.vaadin.flow.component.AbstractField;
import com.vaadin.flow.component.Component;
import com.vaadin.flow.component.Focusable;
import com.vaadin.flow.component.HasValidation;
import com.vaadin.flow.component.HasValue;
import com.vaadin.flow.component.checkbox.Checkbox;
import com.vaadin.flow.component.combobox.ComboBox;
import com.vaadin.flow.component.formlayout.FormLayout;
import com.vaadin.flow.component.html.Div;
import com.vaadin.flow.component.html.H3;
import com.vaadin.flow.component.html.Paragraph;
import com.vaadin.flow.component.select.Select;
import com.vaadin.flow.component.textfield.PasswordField;
import com.vaadin.flow.component.textfield.TextArea;
import com.vaadin.flow.component.textfield.TextField;
import com.vaadin.flow.data.renderer.LitRenderer;
import io.isthmus.domain.fault.Violation;
import io.isthmus.domain.sample.SampleWords;
import io.isthmus.domain.template.HotTemplate;
import io.isthmus.domain.template.ParameterDefinition;
import io.isthmus.domain.template.ParameterGroup;
import io.isthmus.domain.template.ParameterValues;
import io.isthmus.ui.element.Enter;
import io.isthmus.ui.element.Notice;
import io.isthmus.ui.element.Reader;
import jakarta.json.JsonValue;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.BiConsumer;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** A form made from a template's parameters, in the template's groups. */
public class ParameterForm extends Div {

  private static final long serialVersionUID = 1L;
  private static final String KEY_PAIR = "nova.keypair";
  private static final String POINTER = "parameters.";

  private final transient Map<String, AbstractField<?, ?>> fields = new LinkedHashMap<>();
  private final transient Map<String, JsonValue> given;
  private final transient Set<String> kept;
  private final transient Function<String, List<KnownName>> known;
  private final transient BiConsumer<String, Optional<String>> changed;

  /**
   * @param given what the environment gives, by name
   * @param values what was entered before, by name
   * @param kept hidden ones that have a value which stands as long as nothing is entered
   * @param words gives what the template says in the reader's words
   * @param known the names that a custom constraint, such as {@code nova.flavor}, may be given;
   *     empty where none are known
   * @param changed is told each new value; empty when it is again what the environment or the
   *     template gives, or nothing
   */
  public ParameterForm(
      HotTemplate template,
      Map<String, JsonValue> given,
      Map<String, String> values,
      Set<String> kept,
      SampleWords words,
      Function<String, List<KnownName>> known,
      BiConsumer<String, Optional<String>> changed) {
    this.given = Map.copyOf(given);
    this.kept = Set.copyOf(kept);
    this.known = known;
    this.changed = changed;
    addClassName("stack-wide");
    Map<String, ParameterDefinition> parameters = new LinkedHashMap<>();
    template
        .parameters()
        .forEach(parameter -> parameters.put(parameter.name(), words.parameter(parameter)));
    Set<String> left = new LinkedHashSet<>(parameters.keySet());
    for (ParameterGroup group : template.parameterGroups()) {
      List<ParameterDefinition> members =
          group.parameters().stream().filter(left::remove).map(parameters::get).toList();
      ParameterGroup told = words.group(group);
      section(told.label(), told.description(), members, values);
    }
    String rest = template.parameterGroups().isEmpty() ? "" : getTranslation("parameter.others");
    section(rest, "", left.stream().map(parameters::get).toList(), values);
  }

  private void section(
      String title, String words, List<ParameterDefinition> members, Map<String, String> values) {
    if (members.isEmpty()) {
      return;
    }
    Div section = new Div();
    section.addClassName("stack");
    if (!title.isBlank()) {
      section.add(new H3(title));
    }
    if (!words.isBlank()) {
      Paragraph paragraph = new Paragraph(words);
      paragraph.addClassName("quiet");
      section.add(paragraph);
    }
    FormLayout form = new FormLayout();
    form.setResponsiveSteps(
        new FormLayout.ResponsiveStep("0", 1), new FormLayout.ResponsiveStep("640px", 2));
    members.stream()
        .map(this::shape)
        .forEach(shape -> form.add(field(shape, Optional.ofNullable(values.get(shape.name())))));
    section.add(form);
    add(section);
  }

  private ParameterShape shape(ParameterDefinition parameter) {
    ParameterShape shape =
        ParameterShape.of(parameter, Optional.ofNullable(given.get(parameter.name())));
    return kept.contains(parameter.name()) ? shape.kept() : shape;
  }

  private Component field(ParameterShape shape, Optional<String> entered) {
    String value = entered.orElse(shape.initial());
    AbstractField<?, ?> field =
        switch (shape.kind()) {
          case TEXT, LIST, NUMBER -> text(shape, value);
          case SECRET -> secret(shape, entered);
          case JSON -> json(shape, value);
          case CHOICE -> choice(shape, value);
          case NAME -> name(shape, value);
          case SWITCH -> toggle(shape, value);
        };
    field.setId("parameter-" + shape.name());
    fields.put(shape.name(), field);
    return field;
  }

  private TextField text(ParameterShape shape, String value) {
    TextField field = new TextField(shape.label(), value, "");
    field.setHelperText(help(shape));
    field.setRequiredIndicatorVisible(shape.required());
    if (shape.kind() == ParameterShape.Kind.NUMBER) {
      field.getElement().setAttribute("inputmode", "decimal");
    }
    listen(field, shape);
    return field;
  }

  /** What was typed before is not sent to the browser again; it stands until another is typed. */
  private PasswordField secret(ParameterShape shape, Optional<String> entered) {
    PasswordField field = new PasswordField(shape.label());
    field.setValue(entered.isPresent() ? "" : shape.initial());
    field.setHelperText(help(shape));
    if (entered.isPresent()) {
      field.setPlaceholder(ParameterValues.MASK);
      field.setHelperText(
          Stream.of(help(shape), getTranslation("parameter.secret-kept"))
              .filter(words -> !words.isEmpty())
              .collect(Collectors.joining(" ")));
    }
    field.setRequiredIndicatorVisible(shape.required());
    field.getElement().setAttribute("autocomplete", "new-password");
    field
        .getElement()
        .executeJs(
            "this.i18n = {...this.i18n, reveal: $0}", getTranslation("parameter.show-secret"));
    listen(field, shape);
    field.addValueChangeListener(
        change -> {
          if (change.getValue().isEmpty() && entered.isPresent()) {
            changed.accept(shape.name(), entered);
          }
        });
    return field;
  }

  private TextArea json(ParameterShape shape, String value) {
    TextArea field = new TextArea(shape.label());
    field.setValue(value);
    field.setHelperText(help(shape));
    field.setRequiredIndicatorVisible(shape.required());
    field.addClassName("mono");
    listen(field, shape);
    return field;
  }

  private Select<String> choice(ParameterShape shape, String value) {
    Select<String> field = new Select<>();
    field.setLabel(shape.label());
    field.setItems(shape.choices());
    field.setHelperText(help(shape));
    field.setRequiredIndicatorVisible(shape.required());
    if (shape.choices().contains(value)) {
      field.setValue(value);
    }
    listen(field, shape);
    return field;
  }

  /** What is known is offered; anything else may be typed, an id for instance. */
  private AbstractField<?, String> name(ParameterShape shape, String value) {
    Map<String, KnownName> names = new LinkedHashMap<>();
    known.apply(shape.constraint()).forEach(name -> names.put(name.name(), name));
    if (names.isEmpty()) {
      TextField field = text(shape, value);
      if (shape.constraint().equals(KEY_PAIR)) {
        field.setHelperText(
            Stream.of(help(shape), getTranslation("parameter.no-key-pair"))
                .filter(words -> !words.isEmpty())
                .collect(Collectors.joining(" ")));
      }
      return field;
    }
    ComboBox<String> field = new ComboBox<>(shape.label());
    field.setItems(names.keySet());
    field.setRenderer(
        LitRenderer.<String>of(
                "<div class=\"known-name\"><span class=\"mono\">${item.name}</span>"
                    + "<span class=\"small quiet\">${item.what}</span></div>")
            .withProperty("name", name -> name)
            .withProperty("what", name -> words(names.get(name))));
    field.setAllowCustomValue(true);
    field.addCustomValueSetListener(typed -> field.setValue(typed.getDetail().strip()));
    field.setHelperText(
        Stream.of(help(shape), getTranslation("parameter.any-name"))
            .filter(words -> !words.isEmpty())
            .collect(Collectors.joining(" ")));
    field.setRequiredIndicatorVisible(shape.required());
    if (!value.isEmpty()) {
      field.setValue(value);
    }
    listen(field, shape);
    return field;
  }

  /** The text that is typed is no item, and described by nothing. */
  private static String words(KnownName name) {
    return name == null
        ? ""
        : Stream.of(name.what(), name.where())
            .filter(words -> !words.isEmpty())
            .collect(Collectors.joining(" · "));
  }

  private Checkbox toggle(ParameterShape shape, String value) {
    Checkbox field = new Checkbox(shape.label(), Switches.isOn(value));
    field.setHelperText(help(shape));
    field.addValueChangeListener(
        change -> {
          field.setInvalid(false);
          changed.accept(shape.name(), Optional.of(String.valueOf(change.getValue())));
        });
    if (shape.required() && value.isEmpty()) {
      // What is seen is what is meant: an unticked box says no.
      changed.accept(shape.name(), Optional.of("false"));
    }
    return field;
  }

  private <F extends AbstractField<?, String> & HasValidation> void listen(
      F field, ParameterShape shape) {
    field.addValueChangeListener(
        change -> {
          field.setInvalid(false);
          String value = change.getValue() == null ? "" : change.getValue();
          // Emptied, a field with a default means the empty text, not the default.
          boolean same = value.equals(shape.initial());
          changed.accept(shape.name(), same ? Optional.empty() : Optional.of(value));
        });
  }

  /** Enter in a field of one line. */
  public void onEnter(Runnable submit) {
    fields.values().stream()
        .filter(field -> field instanceof TextField || field instanceof PasswordField)
        .forEach(field -> Enter.in(field, submit));
  }

  private String help(ParameterShape shape) {
    return shape.help().stream()
        .map(
            help ->
                help.key().isEmpty()
                    ? help.arguments().get(0)
                    : getTranslation(help.key(), help.arguments().toArray()))
        .map(words -> words.endsWith(".") ? words : words + ".")
        .collect(Collectors.joining(" "));
  }

  /**
   * Shows mistakes at their fields.
   *
   * @param all whether these are all there are, so that the other fields are right and the focus
   *     goes to the first wrong one
   * @return those that belong to no field
   */
  public List<Violation> show(List<Violation> violations, boolean all) {
    if (all) {
      fields.values().forEach(field -> ((HasValidation) field).setInvalid(false));
    }
    List<Violation> others = new ArrayList<>();
    Optional<AbstractField<?, ?>> first = Optional.empty();
    for (Violation violation : violations) {
      AbstractField<?, ?> field = fields.get(parameter(violation));
      if (field == null) {
        others.add(violation);
        continue;
      }
      HasValidation validated = (HasValidation) field;
      validated.setErrorMessage(Notice.message(violation, Reader.locale()));
      validated.setInvalid(true);
      first = first.or(() -> Optional.of(field));
    }
    if (all) {
      first.ifPresent(field -> ((Focusable<?>) field).focus());
    }
    return others;
  }

  private static String parameter(Violation violation) {
    return violation.pointer().startsWith(POINTER)
        ? violation.pointer().substring(POINTER.length())
        : "";
  }

  /** Whether there is anything to fill in. */
  public boolean isEmpty() {
    return fields.isEmpty();
  }

  HasValue<?, ?> field(String parameter) {
    return fields.get(parameter);
  }
}
