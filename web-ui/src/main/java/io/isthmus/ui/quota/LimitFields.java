package io.isthmus.ui.quota;

import com.vaadin.flow.component.html.Div;
import com.vaadin.flow.component.html.Span;
import com.vaadin.flow.component.textfield.TextField;
import com.vaadin.flow.data.value.ValueChangeMode;
import io.isthmus.domain.cloud.LimitKind;
import io.isthmus.ui.element.Enter;
import java.util.Collection;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;

/** A field for each limit; empty where nothing is limited. */
public class LimitFields extends Div {

  private static final long serialVersionUID = 1L;

  private final Map<LimitKind, TextField> fields = new EnumMap<>(LimitKind.class);
  private final long most;

  /**
   * @param most the largest limit that can be set
   * @param changed is called at each change
   * @param submit what the form's button does
   */
  public LimitFields(Collection<LimitKind> kinds, long most, Runnable changed, Runnable submit) {
    this.most = most;
    addClassName("quota-fields");
    for (LimitKind kind : LimitKind.values()) {
      if (kinds.contains(kind)) {
        fields.put(kind, field(kind, changed, submit));
      }
    }
    fields.values().forEach(this::add);
  }

  private TextField field(LimitKind kind, Runnable changed, Runnable submit) {
    TextField field = new TextField(getTranslation("limit." + kind.name()));
    if (kind == LimitKind.RAM_MIB || kind == LimitKind.VOLUME_GIB) {
      field.setSuffixComponent(new Span(getTranslation("limit.unit-" + kind.name())));
    }
    field.setAllowedCharPattern("[0-9-]");
    field.setPlaceholder(getTranslation("tenant-quotas.no-limit"));
    field.setErrorMessage(getTranslation("tenant-quotas.amount", most));
    field.setValueChangeMode(ValueChangeMode.EAGER);
    field.addValueChangeListener(
        change -> {
          field.setInvalid(false);
          changed.run();
        });
    field.addBlurListener(blur -> field.setInvalid(!isAmount(field.getValue())));
    Enter.in(field, submit);
    return field;
  }

  private boolean isAmount(String text) {
    return amount(text).filter(amount -> amount >= -1 && amount <= most).isPresent();
  }

  /** −1 for nothing; empty for what is no number. */
  private static Optional<Long> amount(String text) {
    try {
      return Optional.of(text.isBlank() ? -1L : Long.parseLong(text.strip()));
    } catch (NumberFormatException e) {
      return Optional.empty();
    }
  }

  /** Marks what is no limit. */
  public boolean check() {
    fields.values().forEach(field -> field.setInvalid(!isAmount(field.getValue())));
    return fields.values().stream().noneMatch(TextField::isInvalid);
  }

  public void show(Map<LimitKind, Long> maxima) {
    fields.forEach((kind, field) -> field.setValue(written(maxima, kind)));
  }

  private static String written(Map<LimitKind, Long> maxima, LimitKind kind) {
    long maximum = maxima.getOrDefault(kind, -1L);
    return maximum < 0 ? "" : Long.toString(maximum);
  }

  /** Whether something else stands there than what was shown. */
  public boolean differs(Map<LimitKind, Long> shown) {
    return !typed(shown).isEmpty();
  }

  /** What {@link #check} found to be limits, −1 where nothing stands. */
  public Map<LimitKind, Long> amounts() {
    Map<LimitKind, Long> amounts = new EnumMap<>(LimitKind.class);
    fields.forEach(
        (kind, field) -> amounts.put(kind, Math.max(-1, amount(field.getValue()).orElse(-1L))));
    return amounts;
  }

  /** What was typed, to be kept for later: of fields where something else stands than was shown. */
  public Map<String, String> typed(Map<LimitKind, Long> shown) {
    Map<String, String> typed = new HashMap<>();
    fields.forEach(
        (kind, field) -> {
          if (!field.getValue().equals(written(shown, kind))) {
            typed.put(kind.text(), field.getValue());
          }
        });
    return typed;
  }

  /** The reverse of {@link #typed}; the other fields stay as they are. */
  public void retype(Map<String, String> typed) {
    fields.forEach(
        (kind, field) -> Optional.ofNullable(typed.get(kind.text())).ifPresent(field::setValue));
  }
}
