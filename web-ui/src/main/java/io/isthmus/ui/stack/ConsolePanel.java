package io.isthmus.ui.stack;

import com.vaadin.flow.component.Component;
import com.vaadin.flow.component.button.Button;
import com.vaadin.flow.component.button.ButtonVariant;
import com.vaadin.flow.component.html.Div;
import com.vaadin.flow.component.html.H3;
import com.vaadin.flow.component.html.Paragraph;
import com.vaadin.flow.component.html.Pre;
import com.vaadin.flow.component.html.Span;
import io.isthmus.domain.fault.FederationFault;
import io.isthmus.domain.stack.console.ConsoleLog;
import io.isthmus.ui.element.Moment;
import io.isthmus.ui.element.Notice;
import io.isthmus.ui.shell.PageWork;
import java.util.function.Supplier;

/** What a server wrote to its console: read from its cloud when somebody wants to see it. */
class ConsolePanel extends Div {

  private static final long serialVersionUID = 1L;

  private final transient PageWork work;
  private final transient Supplier<ConsoleLog> console;
  private final Button ask = new Button();
  private final Div moving = new Div();
  private final Div body = new Div();

  /**
   * @param console asks the cloud, and may take as long as a cloud does
   */
  ConsolePanel(PageWork work, Supplier<ConsoleLog> console) {
    this.work = work;
    this.console = console;
    addClassNames("console", "stack");
    ask.setText(getTranslation("console.show"));
    ask.addThemeVariants(ButtonVariant.LUMO_SMALL);
    ask.addClickListener(click -> read());
    ask.setDisableOnClick(true);
    moving.addClassName("moving-bar");
    moving.setVisible(false);
    body.addClassName("stack");
    body.getElement().setAttribute("aria-live", "polite");
    Div head = new Div(new H3(getTranslation("console.title")), ask);
    head.addClassNames("row", "between");
    add(head, moving, body);
  }

  private void read() {
    moving.setVisible(true);
    work.run(getUI().orElseThrow(), news -> console.get(), this::show, this::show);
  }

  private void show(ConsoleLog log) {
    end(
        log.text().isBlank() ? new Paragraph(getTranslation("console.nothing")) : text(log.text()),
        read(log));
    ask.setText(getTranslation("console.again"));
  }

  private void show(FederationFault fault) {
    end(Notice.of(fault));
    ask.setText(getTranslation("console.again"));
  }

  private Component text(String written) {
    Pre text = new Pre(written);
    text.addClassName("console-text");
    // Only what can have the focus can be scrolled by keyboard.
    text.getElement()
        .setAttribute("tabindex", "0")
        .setAttribute("role", "region")
        .setAttribute("aria-label", getTranslation("console.title"));
    text.getElement().executeJs("this.scrollTop = this.scrollHeight");
    return text;
  }

  private static Component read(ConsoleLog log) {
    Span read = new Span(Moment.absolute(log.readAt()));
    read.addClassNames("quiet", "small");
    return read;
  }

  private void end(Component... shown) {
    moving.setVisible(false);
    ask.setEnabled(true);
    body.removeAll();
    body.add(shown);
  }
}
