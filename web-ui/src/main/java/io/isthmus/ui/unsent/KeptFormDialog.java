package io.isthmus.ui.unsent;

import com.vaadin.flow.component.Component;
import com.vaadin.flow.component.button.Button;
import com.vaadin.flow.component.button.ButtonVariant;
import com.vaadin.flow.component.html.Div;
import com.vaadin.flow.component.html.Paragraph;
import io.isthmus.domain.fault.FederationFault;
import io.isthmus.ui.element.FormDialog;
import io.isthmus.ui.element.Notice;
import io.isthmus.ui.widget.Mark;
import java.util.Map;
import java.util.Optional;

/**
 * A form in a dialog that keeps what is typed until it is sent or given up, so that it is still
 * there when the dialog is opened again, as after a session that ended. What is refused is told
 * within it.
 */
public abstract class KeptFormDialog extends FormDialog {

  private static final long serialVersionUID = 1L;

  private final transient UnsentForm unsent;

  /** Read before the fields are filled, each of which tells of a change. */
  private final transient Optional<Map<String, String>> before;

  private final Div body = new Div();
  private final Div refusal = new Div();
  private boolean laid;

  /**
   * @param unsent what was typed here before
   */
  protected KeptFormDialog(UnsentForm unsent) {
    this.unsent = unsent;
    this.before = unsent.find();
    body.addClassName("stack");
  }

  /** What stands there, by field. */
  protected abstract Map<String, String> typed();

  /** The reverse of {@link #typed}. */
  protected abstract void fill(Map<String, String> kept);

  /** Writes what stood there when it was opened. */
  protected abstract void reset();

  /** Does what the form is for, or tells what is missing. */
  protected abstract void submit();

  /** Whether what was typed before is about what is there now. */
  protected boolean isOfNow(Map<String, String> kept) {
    return true;
  }

  /**
   * Lays it out and brings back what was typed before; the last thing that is done to make it.
   *
   * @param act what its button says
   * @return the button
   */
  protected final Button lay(String width, String act, Component... fields) {
    body.add(fields);
    body.add(refusal);
    Optional<Map<String, String>> resumed = before.filter(this::isOfNow);
    resumed.ifPresent(
        kept -> {
          fill(kept);
          body.addComponentAsFirst(unsent.resumed(this, this::reset));
        });
    laid = true;
    if (resumed.isPresent()) {
      keep();
    }
    add(body);
    Button submit = new Button(act, click -> submit());
    submit.addThemeVariants(ButtonVariant.LUMO_PRIMARY);
    getFooter().add(new Button(getTranslation("shell.cancel"), click -> cancel()), submit);
    setWidth(width);
    setMaxWidth("100%");
    return submit;
  }

  /** Words of help beneath or above fields. */
  protected final Paragraph help(String key) {
    Paragraph help = new Paragraph(getTranslation(key));
    help.addClassNames("quiet", "small");
    return help;
  }

  /** For each change of a field; those that come of making the form keep and forget nothing. */
  protected final void keep() {
    if (!laid) {
      return;
    }
    if (isTyped()) {
      unsent.keep(typed());
    } else {
      unsent.forget();
    }
  }

  @Override
  protected final void givenUp() {
    unsent.forget();
  }

  /** No refusal is told any more. */
  protected final void forgetRefusal() {
    refusal.removeAll();
  }

  /** Tells why it is not sent. */
  protected final void refuse(String key) {
    refusal.add(new Notice(Mark.FAILED, "", new Paragraph(getTranslation(key))));
    refusal.scrollIntoView();
  }

  /**
   * Sends it and closes; a fault is told, and all stays as it was typed.
   *
   * @param then is run when it was sent
   */
  protected final void send(Runnable act, Runnable then) {
    try {
      act.run();
    } catch (FederationFault fault) {
      refusal.add(Notice.of(fault));
      refusal.scrollIntoView();
      return;
    }
    unsent.forget();
    close();
    then.run();
  }
}
