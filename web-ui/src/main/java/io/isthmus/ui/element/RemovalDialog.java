package io.isthmus.ui.element;

import com.vaadin.flow.component.Key;
import com.vaadin.flow.component.button.Button;
import com.vaadin.flow.component.button.ButtonVariant;
import com.vaadin.flow.component.dialog.Dialog;
import com.vaadin.flow.component.html.Div;
import com.vaadin.flow.component.html.ListItem;
import com.vaadin.flow.component.html.UnorderedList;
import com.vaadin.flow.component.textfield.TextField;
import com.vaadin.flow.data.value.ValueChangeMode;
import io.isthmus.domain.fault.FederationFault;
import java.util.List;

/** Asks before something is taken out: says what is lost and what stays, and wants a name typed. */
public class RemovalDialog extends Dialog {

  private static final long serialVersionUID = 1L;

  private final String name;
  private final transient Runnable remove;
  private final TextField typed = new TextField();
  private final Button confirm = new Button();
  private final Div refusal = new Div();

  /**
   * @param consequences what is lost and what stays, a sentence each
   * @param name what has to be typed
   * @param remove a fault that it throws is told here, and the dialog stays
   */
  public RemovalDialog(
      String title, List<String> consequences, String name, String act, Runnable remove) {
    this.name = name;
    this.remove = remove;
    setHeaderTitle(title);
    UnorderedList list = new UnorderedList();
    list.addClassName("reasons");
    consequences.forEach(each -> list.add(new ListItem(each)));
    typed.setLabel(getTranslation("removal.type", name));
    typed.setWidthFull();
    typed.setValueChangeMode(ValueChangeMode.EAGER);
    typed.addValueChangeListener(change -> confirm.setEnabled(isTyped()));
    typed.addKeyPressListener(Key.ENTER, press -> confirmed());
    typed.getElement().setAttribute("autocomplete", "off");
    typed.setAutofocus(true);
    Div body = new Div(list, typed, refusal);
    body.addClassName("stack");
    add(body);
    confirm.setText(act);
    confirm.addThemeVariants(ButtonVariant.LUMO_PRIMARY, ButtonVariant.LUMO_ERROR);
    confirm.setEnabled(false);
    confirm.addClickListener(click -> confirmed());
    getFooter().add(new Button(getTranslation("shell.cancel"), click -> close()), confirm);
    setWidth("560px");
  }

  private boolean isTyped() {
    return typed.getValue().strip().equals(name);
  }

  private void confirmed() {
    if (!isTyped()) {
      return;
    }
    try {
      remove.run();
      close();
    } catch (FederationFault fault) {
      refusal.removeAll();
      refusal.add(Notice.of(fault));
    }
  }
}
