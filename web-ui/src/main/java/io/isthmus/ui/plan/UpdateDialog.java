package io.isthmus.ui.plan;

import com.vaadin.flow.component.button.Button;
import com.vaadin.flow.component.button.ButtonVariant;
import com.vaadin.flow.component.checkbox.Checkbox;
import com.vaadin.flow.component.dialog.Dialog;
import com.vaadin.flow.component.html.Div;
import com.vaadin.flow.component.html.ListItem;
import com.vaadin.flow.component.html.Paragraph;
import com.vaadin.flow.component.html.UnorderedList;
import io.isthmus.domain.placement.Plan;
import io.isthmus.domain.placement.PlannedUpdate;
import io.isthmus.ui.element.Reader;
import io.isthmus.ui.element.Strong;
import java.util.List;

/** Asks before a stack is updated: what changes, what is interrupted or lost, what it costs. */
class UpdateDialog extends Dialog {

  private static final long serialVersionUID = 1L;

  /** More are only counted; the plan's page tells them all. */
  private static final int TOLD = 6;

  /** Does what was planned. */
  @FunctionalInterface
  interface Accept {

    /**
     * @param rollsBack whether the stack goes back to what it was if the update fails
     */
    void update(boolean rollsBack);
  }

  UpdateDialog(Plan plan, PlannedUpdate update, Accept accept) {
    setHeaderTitle(getTranslation("update.ask", plan.name()));
    UpdateWords words = new UpdateWords(this::getTranslation, Reader.formats(), getLocale());
    Div body = new Div(new Paragraph(words.counts(update.changes())));
    body.addClassName("stack");
    List<String> interruptions = words.interruptions(update.changes(), TOLD);
    if (interruptions.isEmpty()) {
      body.add(new Paragraph(getTranslation("update.interrupts-nothing")));
    } else {
      UnorderedList list = new UnorderedList();
      list.addClassName("reasons");
      interruptions.forEach(each -> list.add(new ListItem(each)));
      body.add(new Strong(getTranslation("update.interruption")), list);
    }
    body.add(new Paragraph(words.cost(update.difference(plan.placement().cost()))));
    // As Heat's stacks stay where an update failed, unless asked.
    Checkbox rollsBack = new Checkbox(getTranslation("update.rolls-back"));
    rollsBack.setHelperText(getTranslation("update.rolls-back-help"));
    body.add(rollsBack);
    add(body);
    Button confirm =
        new Button(
            getTranslation("update.do"),
            click -> {
              close();
              accept.update(rollsBack.getValue());
            });
    confirm.addThemeVariants(ButtonVariant.LUMO_PRIMARY);
    confirm.setDisableOnClick(true);
    getFooter().add(new Button(getTranslation("shell.cancel"), click -> close()), confirm);
    setWidth("560px");
  }
}
