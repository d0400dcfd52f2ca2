package io.isthmus.ui.stack;

import com.vaadin.flow.component.Key;
import com.vaadin.flow.component.button.Button;
import com.vaadin.flow.component.button.ButtonVariant;
import com.vaadin.flow.component.dialog.Dialog;
import com.vaadin.flow.component.html.Div;
import com.vaadin.flow.component.html.ListItem;
import com.vaadin.flow.component.html.Paragraph;
import com.vaadin.flow.component.html.UnorderedList;
import com.vaadin.flow.component.textfield.TextField;
import com.vaadin.flow.data.value.ValueChangeMode;
import io.isthmus.domain.stack.PartView;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Collectors;

/** Asks before a stack is deleted: says what is lost, and wants the name typed. */
class DeleteDialog extends Dialog {

  private static final long serialVersionUID = 1L;

  private final String stackName;
  private final Runnable delete;
  private final TextField name = new TextField();
  private final Button confirm = new Button();

  DeleteDialog(String stackName, List<PartView> parts, Runnable delete) {
    this.stackName = stackName;
    this.delete = delete;
    setHeaderTitle(getTranslation("delete.title", stackName));
    Map<String, Long> byType =
        parts.stream()
            .collect(Collectors.groupingBy(PartView::type, TreeMap::new, Collectors.counting()));
    UnorderedList lost = new UnorderedList();
    lost.addClassName("reasons");
    byType.forEach(
        (type, count) -> lost.add(new ListItem(getTranslation("delete.of-type", count, type))));
    name.setLabel(getTranslation("delete.type-name", stackName));
    name.setWidthFull();
    name.setValueChangeMode(ValueChangeMode.EAGER);
    name.addValueChangeListener(change -> confirm.setEnabled(isTyped()));
    name.addKeyPressListener(Key.ENTER, press -> confirmed());
    name.getElement().setAttribute("autocomplete", "off");
    name.setAutofocus(true);
    Paragraph words = new Paragraph(getTranslation("delete.words", parts.size()));
    Paragraph stays = new Paragraph(getTranslation("delete.stays"));
    stays.addClassName("quiet");
    Div body = new Div(words, lost, stays, name);
    body.addClassName("stack");
    add(body);
    Button cancel = new Button(getTranslation("shell.cancel"), click -> close());
    confirm.setText(getTranslation("delete.do", parts.size()));
    confirm.addThemeVariants(ButtonVariant.LUMO_PRIMARY, ButtonVariant.LUMO_ERROR);
    confirm.setEnabled(false);
    confirm.addClickListener(click -> confirmed());
    getFooter().add(cancel, confirm);
    setMaxWidth("560px");
  }

  private boolean isTyped() {
    return name.getValue().strip().equals(stackName);
  }

  private void confirmed() {
    if (isTyped()) {
      close();
      delete.run();
    }
  }
}
