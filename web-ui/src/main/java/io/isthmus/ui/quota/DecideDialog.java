package io.isthmus.ui.quota;

import com.vaadin.flow.component.button.Button;
import com.vaadin.flow.component.button.ButtonVariant;
import com.vaadin.flow.component.html.Paragraph;
import com.vaadin.flow.component.textfield.TextArea;
import com.vaadin.flow.data.value.ValueChangeMode;
import io.isthmus.domain.access.Caller;
import io.isthmus.domain.quota.QuotaRequest;
import io.isthmus.domain.quota.QuotaRequests;
import io.isthmus.domain.quota.QuotaService;
import io.isthmus.ui.unsent.KeptFormDialog;
import io.isthmus.ui.unsent.UnsentForm;
import java.util.HashMap;
import java.util.Map;

/** Approves or denies a request for a larger quota. */
class DecideDialog extends KeptFormDialog {

  private static final long serialVersionUID = 1L;
  private static final String ANSWER = "answer";

  private final transient QuotaRequests requests;
  private final transient Caller caller;
  private final transient QuotaRequest request;
  private final boolean approves;
  private final transient Runnable decided;
  private final LimitFields limits;
  private final TextArea answer = new TextArea();

  /**
   * @param approves false to deny it
   * @param unsent what was typed here before
   * @param decided is called when it was
   */
  DecideDialog(
      QuotaRequests requests,
      QuotaService quotas,
      Caller caller,
      QuotaRequest request,
      boolean approves,
      UnsentForm unsent,
      Runnable decided) {
    super(unsent);
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
    limits =
        new LimitFields(request.wanted().keySet(), QuotaService.MOST, this::keep, this::submit);
    limits.show(request.wanted());
    answer.setLabel(
        getTranslation(approves ? "quota-requests.answer" : "quota-requests.answer-needed"));
    answer.setWidthFull();
    answer.setMaxLength(QuotaRequests.LONGEST_WORDS);
    answer.setRequired(!approves);
    answer.setValueChangeMode(ValueChangeMode.EAGER);
    answer.addValueChangeListener(change -> keep());
    answer.setErrorMessage(getTranslation("form.needed"));
    limits.setVisible(approves);
    Button decide =
        lay(
            "640px",
            getTranslation(approves ? "quota-requests.approve" : "quota-requests.deny"),
            why,
            now,
            limits,
            answer);
    if (!approves) {
      decide.addThemeVariants(ButtonVariant.LUMO_ERROR);
    }
  }

  @Override
  protected void fill(Map<String, String> kept) {
    limits.retype(kept);
    answer.setValue(kept.getOrDefault(ANSWER, ""));
  }

  @Override
  protected void reset() {
    limits.show(request.wanted());
    answer.clear();
  }

  @Override
  protected Map<String, String> typed() {
    Map<String, String> typed = new HashMap<>(limits.typed(request.wanted()));
    typed.put(ANSWER, answer.getValue());
    return typed;
  }

  @Override
  protected boolean isTyped() {
    return !answer.isEmpty() || limits.differs(request.wanted());
  }

  @Override
  protected void submit() {
    forgetRefusal();
    answer.setInvalid(!approves && answer.getValue().isBlank());
    if (answer.isInvalid() || approves && !limits.check()) {
      return;
    }
    send(
        () -> {
          if (approves) {
            // What was left as it was asked for is granted with regard to what was given since.
            boolean asAsked = !limits.differs(request.wanted());
            requests.approve(
                request.id(), asAsked ? Map.of() : limits.amounts(), answer.getValue(), caller);
          } else {
            requests.deny(request.id(), answer.getValue(), caller);
          }
        },
        decided);
  }
}
