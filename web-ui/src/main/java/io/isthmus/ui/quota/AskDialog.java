package io.isthmus.ui.quota;

import com.vaadin.flow.component.textfield.TextArea;
import com.vaadin.flow.data.value.ValueChangeMode;
import io.isthmus.domain.access.Caller;
import io.isthmus.domain.access.ProjectId;
import io.isthmus.domain.cloud.Allowance;
import io.isthmus.domain.cloud.LimitKind;
import io.isthmus.domain.quota.QuotaRequests;
import io.isthmus.domain.quota.QuotaService;
import io.isthmus.ui.unsent.KeptFormDialog;
import io.isthmus.ui.unsent.UnsentForm;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.Map;

/** Asks the federation's administrators for a larger quota. */
class AskDialog extends KeptFormDialog {

  private static final long serialVersionUID = 1L;
  private static final String REASON = "reason";

  private final transient QuotaRequests requests;
  private final transient Caller caller;
  private final transient ProjectId project;
  private final transient Allowance allowance;
  private final transient Runnable asked;
  private final transient Map<LimitKind, Long> now = new EnumMap<>(LimitKind.class);
  private final LimitFields limits;
  private final TextArea reason = new TextArea();

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
    super(unsent);
    this.requests = requests;
    this.caller = caller;
    this.project = project;
    this.allowance = allowance;
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
    limits = new LimitFields(now.keySet(), QuotaService.MOST, this::keep, this::submit);
    limits.show(now);
    reason.setLabel(getTranslation("quota-requests.reason"));
    reason.setWidthFull();
    reason.setRequired(true);
    reason.setMaxLength(QuotaRequests.LONGEST_WORDS);
    reason.setErrorMessage(getTranslation("form.needed"));
    reason.setValueChangeMode(ValueChangeMode.EAGER);
    reason.addValueChangeListener(change -> keep());
    lay(
        "640px",
        getTranslation("quota-requests.send"),
        help("quota-requests.ask-help"),
        limits,
        reason);
  }

  @Override
  protected void reset() {
    limits.show(now);
    reason.clear();
  }

  @Override
  protected void fill(Map<String, String> kept) {
    limits.retype(kept);
    reason.setValue(kept.getOrDefault(REASON, ""));
  }

  @Override
  protected boolean isTyped() {
    return limits.differs(now) || !reason.isEmpty();
  }

  @Override
  protected Map<String, String> typed() {
    Map<String, String> typed = new HashMap<>(limits.typed(now));
    typed.put(REASON, reason.getValue());
    return typed;
  }

  @Override
  protected void submit() {
    forgetRefusal();
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
      refuse("quota-requests.nothing");
      return;
    }
    send(
        () ->
            requests.ask(
                project, allowance.of(), allowance.extent(), wanted, reason.getValue(), caller),
        asked);
  }
}
