package io.isthmus.ui.stack;

import com.vaadin.flow.component.button.Button;
import com.vaadin.flow.component.button.ButtonVariant;
import com.vaadin.flow.component.dialog.Dialog;
import com.vaadin.flow.component.html.Div;
import com.vaadin.flow.component.html.Paragraph;
import com.vaadin.flow.component.select.Select;
import com.vaadin.flow.component.textfield.TextField;
import com.vaadin.flow.data.value.ValueChangeMode;
import io.isthmus.domain.cloud.CloudId;
import io.isthmus.domain.fault.FederationFault;
import io.isthmus.domain.insurance.Rehearsal;
import io.isthmus.domain.insurance.RehearsalRun;
import io.isthmus.ui.element.Notice;
import java.util.List;

/** Asks which cloud's loss is to be played and how far, and for a real one to confirm it. */
class RehearsalDialog extends Dialog {

  private static final long serialVersionUID = 1L;

  /** Plays a loss. */
  interface Play {
    void dry(CloudId cloud);

    void real(CloudId cloud, RehearsalRun.Returns returns, String confirmation);
  }

  private final Select<CloudId> cloud = new Select<>();
  private final Select<Rehearsal.Mode> mode = new Select<>();
  private final Select<RehearsalRun.Returns> returns = new Select<>();
  private final Paragraph words = new Paragraph();
  private final TextField confirmation = new TextField();
  private final Div refusal = new Div();
  private final Button start = new Button(getTranslation("rehearsal.start"));
  private final String stack;

  /**
   * @param stack its name
   * @param clouds in which the stack has something; at least one
   * @param play a fault that it throws is told here, and the dialog stays
   */
  RehearsalDialog(String stack, List<CloudId> clouds, Play play) {
    this.stack = stack;
    setHeaderTitle(getTranslation("rehearsal.title"));
    cloud.setLabel(getTranslation("rehearsal.cloud"));
    cloud.setHelperText(getTranslation("rehearsal.cloud-help"));
    cloud.setItems(clouds);
    cloud.setItemLabelGenerator(CloudId::text);
    cloud.setValue(clouds.get(0));
    mode.setLabel(getTranslation("rehearsal.mode"));
    mode.setItems(Rehearsal.Mode.values());
    mode.setItemLabelGenerator(one -> getTranslation("rehearsal.mode." + one));
    mode.setValue(Rehearsal.Mode.DRY);
    mode.addValueChangeListener(change -> show());
    returns.setLabel(getTranslation("rehearsal.returns"));
    returns.setItems(RehearsalRun.Returns.values());
    returns.setItemLabelGenerator(one -> getTranslation("rehearsal.returns." + one));
    returns.setValue(RehearsalRun.Returns.AT_ONCE);
    confirmation.setLabel(getTranslation("rehearsal.confirm", stack));
    confirmation.setHelperText(getTranslation("rehearsal.confirm-help"));
    confirmation.setValueChangeMode(ValueChangeMode.EAGER);
    confirmation.addValueChangeListener(change -> show());
    Div body = new Div(words, cloud, mode, returns, confirmation, refusal);
    body.addClassName("stack");
    add(body);
    start.addThemeVariants(ButtonVariant.LUMO_PRIMARY);
    start.setDisableOnClick(true);
    start.addClickListener(
        click -> {
          try {
            play(play);
            close();
          } catch (FederationFault fault) {
            refusal.removeAll();
            refusal.add(Notice.of(fault));
            show();
          }
        });
    getFooter().add(new Button(getTranslation("shell.cancel"), click -> close()), start);
    show();
  }

  private void play(Play play) {
    if (isReal()) {
      play.real(cloud.getValue(), returns.getValue(), confirmation.getValue().strip());
    } else {
      play.dry(cloud.getValue());
    }
  }

  private boolean isReal() {
    return mode.getValue() == Rehearsal.Mode.REAL;
  }

  private void show() {
    words.setText(getTranslation(isReal() ? "rehearsal.words-real" : "rehearsal.words"));
    returns.setVisible(isReal());
    confirmation.setVisible(isReal());
    start.setEnabled(!isReal() || confirmation.getValue().strip().equals(stack));
  }
}
