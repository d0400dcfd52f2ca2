package io.isthmus.ui.keypair;

import com.vaadin.flow.component.Component;
import com.vaadin.flow.component.Focusable;
import com.vaadin.flow.component.HasValidation;
import com.vaadin.flow.component.button.Button;
import com.vaadin.flow.component.button.ButtonVariant;
import com.vaadin.flow.component.html.Div;
import com.vaadin.flow.component.textfield.TextArea;
import com.vaadin.flow.component.textfield.TextField;
import com.vaadin.flow.data.value.ValueChangeMode;
import io.isthmus.domain.access.Caller;
import io.isthmus.domain.access.ProjectId;
import io.isthmus.domain.fault.FederationFault;
import io.isthmus.domain.fault.Violation;
import io.isthmus.domain.keypair.KeyPairs;
import io.isthmus.domain.keypair.PublicKey;
import io.isthmus.ui.element.Enter;
import io.isthmus.ui.element.FormDialog;
import io.isthmus.ui.element.Notice;
import io.isthmus.ui.element.Reader;
import io.isthmus.ui.unsent.UnsentForm;
import java.util.Map;
import java.util.Optional;

/** Asks for a public key and its name. A private key does not stay in it for a moment. */
class AddDialog extends FormDialog {

  private static final long serialVersionUID = 1L;
  private static final String NAME = "name";
  private static final String KEY = "public_key";

  private final transient KeyPairs pairs;
  private final transient Caller caller;
  private final transient ProjectId project;
  private final transient UnsentForm unsent;
  private final transient Runnable added;
  private final TextField name = new TextField();
  private final TextArea key = new TextArea();
  private final Div refusal = new Div();

  /**
   * @param unsent what was typed here before
   * @param added is called when it is kept
   */
  AddDialog(KeyPairs pairs, Caller caller, ProjectId project, UnsentForm unsent, Runnable added) {
    this.pairs = pairs;
    this.caller = caller;
    this.project = project;
    this.unsent = unsent;
    this.added = added;
    setHeaderTitle(getTranslation("keypairs.add"));
    name.setLabel(getTranslation("keypairs.name"));
    name.setHelperText(getTranslation("keypairs.name-help"));
    name.setRequiredIndicatorVisible(true);
    name.setMaxLength(255);
    name.setWidthFull();
    name.setAutofocus(true);
    name.setValueChangeMode(ValueChangeMode.EAGER);
    name.addValueChangeListener(change -> typed(name));
    Enter.in(name, this::send);
    key.setLabel(getTranslation("keypairs.public-key"));
    key.setHelperText(getTranslation("keypairs.public-key-help"));
    key.setPlaceholder("ssh-ed25519 AAAA…");
    key.setRequiredIndicatorVisible(true);
    key.setWidthFull();
    key.setMinRows(4);
    key.setMaxRows(10);
    key.addClassName("mono");
    key.getElement().setAttribute("autocomplete", "off");
    key.getElement().setAttribute("spellcheck", "false");
    key.setValueChangeMode(ValueChangeMode.EAGER);
    key.addValueChangeListener(change -> keyTyped());
    Div body = new Div(name, key, refusal);
    body.addClassName("stack");
    unsent
        .find()
        .ifPresent(
            kept -> {
              name.setValue(kept.getOrDefault(NAME, ""));
              key.setValue(kept.getOrDefault(KEY, ""));
              body.addComponentAsFirst(
                  unsent.resumed(
                      this,
                      () -> {
                        name.clear();
                        key.clear();
                      }));
            });
    add(body);
    Button send = new Button(getTranslation("keypairs.add-do"), click -> send());
    send.addThemeVariants(ButtonVariant.LUMO_PRIMARY);
    getFooter().add(new Button(getTranslation("shell.cancel"), click -> cancel()), send);
    setWidth("640px");
    setMaxWidth("100%");
  }

  @Override
  protected boolean isTyped() {
    return !name.isEmpty() || !key.isEmpty();
  }

  @Override
  protected void givenUp() {
    unsent.forget();
  }

  private void typed(HasValidation field) {
    field.setInvalid(false);
    if (isTyped()) {
      unsent.keep(Map.of(NAME, name.getValue(), KEY, key.getValue()));
    } else {
      unsent.forget();
    }
  }

  /** A private key is taken out of the field, and of the browser, at once. */
  private void keyTyped() {
    if (PublicKey.isPrivate(key.getValue())) {
      Optional<FederationFault> fault = mistake();
      key.clear();
      fault.ifPresent(this::show);
      return;
    }
    typed(key);
  }

  private Optional<FederationFault> mistake() {
    try {
      PublicKey.parse(key.getValue());
      return Optional.empty();
    } catch (FederationFault fault) {
      return Optional.of(fault);
    }
  }

  private void send() {
    refusal.removeAll();
    name.setInvalid(false);
    key.setInvalid(false);
    try {
      pairs.add(project, name.getValue(), key.getValue(), caller);
      unsent.forget();
      close();
      added.run();
    } catch (FederationFault fault) {
      show(fault);
    }
  }

  private void show(FederationFault fault) {
    boolean shown = false;
    for (Violation violation : fault.violations()) {
      shown |= showAt(violation, NAME, name) | showAt(violation, KEY, key);
    }
    if (!shown) {
      refusal.add(Notice.of(fault));
    }
  }

  private static <F extends Component & HasValidation & Focusable<?>> boolean showAt(
      Violation violation, String pointer, F field) {
    if (!violation.pointer().equals(pointer)) {
      return false;
    }
    field.setErrorMessage(Notice.message(violation, Reader.locale()));
    field.setInvalid(true);
    field.focus();
    return true;
  }
}
