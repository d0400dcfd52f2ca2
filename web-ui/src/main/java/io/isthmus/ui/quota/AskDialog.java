package io.isthmus.ui.quota;

import com.vaadin.flow.component.button.Button;
import com.vaadin.flow.component.button.ButtonVariant;
import com.vaadin.flow.component.html.Div;
import com.vaadin.flow.component.html.Paragraph;
import com.vaadin.flow.component.textfield.TextArea;
import com.vaadin.flow.data.value.ValueChangeMode;
import io.isthmus.domain.access.Caller;
import io.isthmus.domain.access.ProjectId;
import io.isthmus.domain.cloud.Allowance;
import io.isthmus.domain.cloud.LimitKind;
import io.isthmus.domain.fault.FederationFault;
import io.isthmus.domain.quota.QuotaRequests;
import io.isthmus.ui.element.FormDialog;
import io.isthmus.ui.element.Notice;
import io.isthmus.ui.unsent.UnsentForm;
import io.isthmus.ui.widget.Mark;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.Map;

/** Asks the federation's administrators for a larger quota. */
class AskDialog extends FormDialog {

  private static final long serialVersionUID = 1L;
  private static final String REASON = "reason";

  private final transient QuotaRequests requests;
  private final transient Caller caller;
  private final transient ProjectId project;
  private final transient Allowance allowance;
  private final transient UnsentForm unsent;
  private final transient Runnable asked;
  private final transient Map<LimitKind, Long> now = new EnumMap<>(LimitKind.class);
  private final LimitFields limits;
  private final TextArea reason = new TextArea();
  private final Div refusal = new Div();

  /**
   * @param allowance the quota that is too small
   * @param unsent what was typed here before
   * @param asked is called when it was sent
   */
  AskDialog(
      QuotaRequests requests,
      Caller caller,
      ProjectId project,
      Allowance allowance,
      String title,
      UnsentForm unsent,
      Runnable asked) {
    this.requests = requests;
    this.caller = caller;
    this.project = project;
    this.allowance = allowance;
    this.unsent = unsent;
    this.asked = asked;
    allowance
        .limits()
        .forEach(
            (kind, limit) -> {
              if (limit.maximum() >= 0) {
                now.put(kind, limit.maximum());
              }
            });
    setHeaderTitle(getTranslation("quota-requests.ask-for", title));
    limits = new LimitFields(now.keySet(), this::keep, this::send);
    limits.show(now);
    reason.setLabel(getTranslation("quota-requests.reason"));
    reason.setWidthFull();
    reason.setRequired(true);
    reason.setMaxLength(QuotaRequests.LONGEST_WORDS);
    reason.setErrorMessage(getTranslation("form.needed"));
    reason.setValueChangeMode(ValueChangeMode.EAGER);
    reason.addValueChangeListener(change -> keep());
    Paragraph help = new Paragraph(getTranslation("quota-requests.ask-help"));
    help.addClassNames("quiet", "small");
    Div body = new Div(help, limits, reason, refusal);
    body.addClassName("stack");
    unsent
        .find()
        .ifPresent(
            kept -> {
              fill(kept);
              body.addComponentAsFirst(
                  unsent.resumed(
                      this,
                      () -> {
                        limits.show(now);
                        reason.clear();
                      }));
            });
    add(body);
    Button send = new Button(getTranslation("quota-requests.send"), click -> send());
    send.addThemeVariants(ButtonVariant.LUMO_PRIMARY);
    getFooter().add(new Button(getTranslation("shell.cancel"), click -> cancel()), send);
    setWidth("640px");
    setMaxWidth("100%");
  }

  private void fill(Map<String, String> kept) {
    limits.retype(kept);
    reason.setValue(kept.getOrDefault(REASON, ""));
  }

  @Override
  protected boolean isTyped() {
    return limits.differs(now) || !reason.isEmpty();
  }

  @Override
  protected void givenUp() {
    unsent.forget();
  }

  private void keep() {
    if (!isTyped()) {
      unsent.forget();
      return;
    }
    Map<String, String> typed = new HashMap<>(limits.typed(now));
    typed.put(REASON, reason.getValue());
    unsent.keep(typed);
  }

  private void send() {
    refusal.removeAll();
    reason.setInvalid(reason.getValue().isBlank());
    if (!limits.check() || reason.isInvalid()) {
      return;
    }
    Map<LimitKind, Long> wanted = new EnumMap<>(LimitKind.class);
    limits
        .amounts()
        .forEach(
            (kind, amount) -> {
              if (!amount.equals(now.get(kind))) {
                wanted.put(kind, amount);
              }
            });
    if (wanted.isEmpty()) {
      refusal.add(
          new Notice(Mark.FAILED, "", new Paragraph(getTranslation("quota-requests.nothing"))));
      return;
    }
    try {
      requests.ask(project, allowance.of(), allowance.extent(), wanted, reason.getValue(), caller);
      unsent.forget();
      close();
      asked.run();
    } catch (FederationFault fault) {
      refusal.add(Notice.of(fault));
    }
  }
}
