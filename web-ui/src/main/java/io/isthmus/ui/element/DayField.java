package io.isthmus.ui.element;

import com.vaadin.flow.component.html.Div;
import com.vaadin.flow.component.html.Input;
import com.vaadin.flow.component.html.NativeLabel;
import com.vaadin.flow.component.html.Span;
import java.time.DateTimeException;
import java.time.LocalDate;
import java.util.Optional;
import java.util.UUID;

/** A day, by the browser's own calendar. */
public class DayField extends Div {

  private static final long serialVersionUID = 1L;

  /** A day that is written in part, or that no month has, is no value in the browser. */
  private static final String UNFINISHED = "element.validity.badInput";

  private final Input input = new Input();
  private final Span problem = new Span();
  private boolean unfinished;

  /**
   * @param help under the field; empty for none
   */
  public DayField(String label, String help) {
    addClassName("day-field");
    String id = "day-" + UUID.randomUUID();
    input.setType("date");
    input.setId(id);
    NativeLabel name = new NativeLabel(label);
    name.setFor(id);
    problem.setId(id + "-problem");
    problem.addClassName("day-problem");
    problem.getElement().setAttribute("role", "alert");
    input
        .getElement()
        .addEventListener("blur", event -> left(event.getEventData().get(UNFINISHED).asBoolean()))
        .addEventData(UNFINISHED);
    add(name, input);
    if (help.isEmpty()) {
      describe(id + "-problem");
    } else {
      describe(id + "-help " + id + "-problem");
      Span words = new Span(help);
      words.setId(id + "-help");
      words.addClassNames("quiet", "small");
      add(words);
    }
    add(problem);
  }

  private void describe(String ids) {
    input.getElement().setAttribute("aria-describedby", ids);
  }

  private void left(boolean inPart) {
    boolean told = unfinished;
    unfinished = inPart;
    if (inPart || told) {
      check();
    }
  }

  /**
   * Tells it at the field when what stands there is no day, which is not the same as nothing.
   *
   * @return whether there is a day, or nothing
   */
  public boolean check() {
    boolean sound = !unfinished && (input.isEmpty() || day().isPresent());
    setProblem(sound ? "" : getTranslation("form.day"));
    return sound;
  }

  /** Empty when there is none, or no whole day. */
  public Optional<LocalDate> day() {
    try {
      return Optional.ofNullable(input.getValue())
          .filter(text -> !text.isBlank())
          .map(LocalDate::parse);
    } catch (DateTimeException e) {
      return Optional.empty();
    }
  }

  public void setDay(Optional<LocalDate> day) {
    unfinished = false;
    String text = day.map(LocalDate::toString).orElse("");
    if (!text.equals(input.getValue())) {
      input.setValue(text);
    }
  }

  /** Says what is wrong with it; nothing when empty. */
  public void setProblem(String words) {
    problem.setText(words);
    setClassName("invalid", !words.isEmpty());
    input.getElement().setAttribute("aria-invalid", Boolean.toString(!words.isEmpty()));
  }

  /** Is run when the reader chose another day. */
  public void onChange(Runnable changed) {
    input.addValueChangeListener(
        change -> {
          if (change.isFromClient()) {
            unfinished = false;
            check();
            changed.run();
          }
        });
  }
}
