package io.isthmus.ui.webhook;

import com.vaadin.flow.component.button.Button;
import com.vaadin.flow.component.button.ButtonVariant;
import com.vaadin.flow.component.checkbox.CheckboxGroup;
import com.vaadin.flow.component.html.Div;
import com.vaadin.flow.component.textfield.TextField;
import com.vaadin.flow.data.value.ValueChangeMode;
import io.isthmus.domain.access.Caller;
import io.isthmus.domain.access.ProjectId;
import io.isthmus.domain.fault.FederationFault;
import io.isthmus.domain.fault.Violation;
import io.isthmus.domain.webhook.WebhookKind;
import io.isthmus.domain.webhook.Webhooks;
import io.isthmus.ui.element.Enter;
import io.isthmus.ui.element.FormDialog;
import io.isthmus.ui.element.Notice;
import io.isthmus.ui.element.Reader;
import java.util.EnumSet;
import java.util.Optional;
import java.util.Set;
import java.util.function.Consumer;
import java.util.stream.Collectors;

/** Asks for an address and what it is told of. */
class AddDialog extends FormDialog {

  private static final long serialVersionUID = 1L;

  private final transient Webhooks webhooks;
  private final transient Caller caller;
  private final transient Optional<ProjectId> project;
  private final transient Consumer<Webhooks.Told> added;
  private final TextField address = new TextField();
  private final CheckboxGroup<WebhookKind> kinds = new CheckboxGroup<>();
  private final Div refusal = new Div();

  /**
   * @param project empty for the federation's
   * @param added takes what was added, with its secret
   */
  AddDialog(
      Webhooks webhooks,
      WebhookWords words,
      Caller caller,
      Optional<ProjectId> project,
      Consumer<Webhooks.Told> added) {
    this.webhooks = webhooks;
    this.caller = caller;
    this.project = project;
    this.added = added;
    setHeaderTitle(getTranslation("webhooks.add"));
    address.setLabel(getTranslation("webhooks.address"));
    address.setHelperText(getTranslation("webhooks.address-help"));
    address.setPlaceholder("https://hooks.example.com/isthmus");
    address.setRequiredIndicatorVisible(true);
    address.setMaxLength(Webhooks.LONGEST_ADDRESS);
    address.setWidthFull();
    address.setAutofocus(true);
    address.setValueChangeMode(ValueChangeMode.EAGER);
    address.addValueChangeListener(change -> address.setInvalid(false));
    address.getElement().setAttribute("autocomplete", "off");
    Enter.in(address, this::send);
    Set<WebhookKind> offered = Webhooks.offered(project);
    kinds.setLabel(getTranslation("webhooks.kinds"));
    kinds.setItems(offered);
    kinds.setItemLabelGenerator(words::kind);
    kinds.setValue(
        project.isPresent()
            ? EnumSet.of(WebhookKind.STACK_STATUS, WebhookKind.STACK_HEALTH)
            : offered);
    Div body = new Div(address, kinds, refusal);
    body.addClassName("stack");
    add(body);
    Button send = new Button(getTranslation("webhooks.add-do"), click -> send());
    send.addThemeVariants(ButtonVariant.LUMO_PRIMARY);
    getFooter().add(new Button(getTranslation("shell.cancel"), click -> cancel()), send);
    setWidth("640px");
    setMaxWidth("100%");
  }

  @Override
  protected boolean isTyped() {
    return !address.isEmpty();
  }

  private void send() {
    refusal.removeAll();
    kinds.setInvalid(kinds.getValue().isEmpty());
    if (kinds.isInvalid()) {
      kinds.setErrorMessage(getTranslation("webhooks.kinds-none"));
      return;
    }
    try {
      Webhooks.Told told =
          webhooks.add(
              project,
              address.getValue(),
              kinds.getValue().stream().map(WebhookKind::text).collect(Collectors.toSet()),
              Optional.empty(),
              caller);
      close();
      added.accept(told);
    } catch (FederationFault fault) {
      show(fault);
    }
  }

  private void show(FederationFault fault) {
    for (Violation violation : fault.violations()) {
      if (violation.pointer().equals("address")) {
        address.setErrorMessage(Notice.message(violation, Reader.locale()));
        address.setInvalid(true);
        address.focus();
        return;
      }
    }
    refusal.add(Notice.of(fault));
  }
}
