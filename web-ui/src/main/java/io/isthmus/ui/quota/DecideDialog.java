package io.isthmus.ui.quota;

import com.vaadin.flow.component.button.Button;
import com.vaadin.flow.component.button.ButtonVariant;
import com.vaadin.flow.component.html.Div;
import com.vaadin.flow.component.html.Paragraph;
import com.vaadin.flow.component.textfield.TextArea;
import io.isthmus.domain.access.Caller;
import io.isthmus.domain.fault.FederationFault;
import io.isthmus.domain.quota.QuotaRequest;
import io.isthmus.domain.quota.QuotaRequests;
import io.isthmus.domain.quota.QuotaService;
import io.isthmus.ui.element.FormDialog;
import io.isthmus.ui.element.Notice;

/** Approves or denies a request for a larger quota. */
class DecideDialog extends FormDialog {

  private static final long serialVersionUID = 1L;

  private final transient QuotaRequests requests;
  private final transient Caller caller;
  private final transient QuotaRequest request;
  private final boolean approves;
  private final transient Runnable decided;
  private final LimitFields limits;
  private final TextArea answer = new TextArea();
  private final Div refusal = new Div();

  /**
   * @param approves false to deny it
   * @param decided is called when it was
   */
  DecideDialog(
      QuotaRequests requests,
      QuotaService quotas,
      Caller caller,
      QuotaRequest request,
      boolean approves,
      Runnable decided) {
    this.requests = requests;
    this.caller = caller;
    this.request = request;
    this.approves = approves;
    this.decided = decided;
    QuotaWords words = new QuotaWords(this);
    setHeaderTitle(
        getTranslation(
            approves ? "quota-requests.approve-title" : "quota-requests.deny-title",
            words.holder(request.holder()),
            words.extent(request.extent())));
    Paragraph why =
        new Paragraph(
            getTranslation(
                "quota-requests.asked-because",
                request.askedBy(),
                request.project().toString(),
                request.reason()));
    Paragraph now =
        new Paragraph(
            getTranslation(
                "quota-requests.allowed-now",
                words.limits(quotas.find(request.holder(), request.extent(), caller))));
    limits = new LimitFields(request.wanted().keySet(), () -> {}, this::decide);
    limits.show(request.wanted());
    answer.setLabel(
        getTranslation(approves ? "quota-requests.answer" : "quota-requests.answer-needed"));
    answer.setWidthFull();
    answer.setMaxLength(QuotaRequests.LONGEST_WORDS);
    answer.setRequired(!approves);
    answer.setErrorMessage(getTranslation("form.needed"));
    Div body = new Div(why, now);
    if (approves) {
      body.add(limits);
    }
    body.add(answer, refusal);
    body.addClassName("stack");
    add(body);
    Button decide =
        new Button(
            getTranslation(approves ? "quota-requests.approve" : "quota-requests.deny"),
            click -> decide());
    decide.addThemeVariants(ButtonVariant.LUMO_PRIMARY);
    if (!approves) {
      decide.addThemeVariants(ButtonVariant.LUMO_ERROR);
    }
    getFooter().add(new Button(getTranslation("shell.cancel"), click -> cancel()), decide);
    setWidth("640px");
    setMaxWidth("100%");
  }

  @Override
  protected boolean isTyped() {
    return !answer.isEmpty() || limits.differs(request.wanted());
  }

  private void decide() {
    refusal.removeAll();
    answer.setInvalid(!approves && answer.getValue().isBlank());
    if (answer.isInvalid() || approves && !limits.check()) {
      return;
    }
    try {
      if (approves) {
        requests.approve(request.id(), limits.amounts(), answer.getValue(), caller);
      } else {
        requests.deny(request.id(), answer.getValue(), caller);
      }
      close();
      decided.run();
    } catch (FederationFault fault) {
      refusal.add(Notice.of(fault));
    }
  }
}
