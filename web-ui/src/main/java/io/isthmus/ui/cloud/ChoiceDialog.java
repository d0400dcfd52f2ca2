package io.isthmus.ui.cloud;

import com.vaadin.flow.component.button.Button;
import com.vaadin.flow.component.button.ButtonVariant;
import com.vaadin.flow.component.dialog.Dialog;
import com.vaadin.flow.component.html.Div;
import com.vaadin.flow.component.html.Paragraph;
import java.util.List;

/** Says what an act means before it is done. */
class ChoiceDialog extends Dialog {

  private static final long serialVersionUID = 1L;

  private boolean confirmed;

  ChoiceDialog(String title, List<String> meaning, String act, Runnable then) {
    this(title, meaning, act, then, () -> {});
  }

  /**
   * @param otherwise is called when it is closed without the act
   */
  ChoiceDialog(String title, List<String> meaning, String act, Runnable then, Runnable otherwise) {
    setHeaderTitle(title);
    Div body = new Div();
    body.addClassName("stack");
    meaning.forEach(each -> body.add(new Paragraph(each)));
    add(body);
    Button confirm =
        new Button(
            act,
            click -> {
              confirmed = true;
              close();
              then.run();
            });
    confirm.addThemeVariants(ButtonVariant.LUMO_PRIMARY);
    getFooter().add(new Button(getTranslation("shell.cancel"), click -> close()), confirm);
    addOpenedChangeListener(
        change -> {
          if (!change.isOpened() && !confirmed) {
            otherwise.run();
          }
        });
    confirm.setAutofocus(true);
    setMaxWidth("560px");
  }
}
