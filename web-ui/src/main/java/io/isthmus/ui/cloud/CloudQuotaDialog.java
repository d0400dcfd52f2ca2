package io.isthmus.ui.cloud;

import com.vaadin.flow.component.UI;
import com.vaadin.flow.component.button.Button;
import com.vaadin.flow.component.button.ButtonVariant;
import com.vaadin.flow.component.html.Div;
import com.vaadin.flow.component.html.Paragraph;
import io.isthmus.domain.access.Caller;
import io.isthmus.domain.access.ProjectId;
import io.isthmus.domain.cloud.CloudId;
import io.isthmus.domain.cloud.CloudQuotaService;
import io.isthmus.domain.cloud.Limit;
import io.isthmus.domain.cloud.LimitKind;
import io.isthmus.domain.fault.FederationFault;
import io.isthmus.ui.element.FormDialog;
import io.isthmus.ui.element.Notice;
import io.isthmus.ui.quota.LimitFields;
import io.isthmus.ui.shell.PageWork;
import io.isthmus.ui.widget.Mark;
import java.util.EnumMap;
import java.util.Map;

/** Sets the quotas that the cloud itself keeps for the OpenStack project behind an access. */
class CloudQuotaDialog extends FormDialog {

  private static final long serialVersionUID = 1L;

  private final transient PageWork work;
  private final transient CloudQuotaService quotas;
  private final transient Caller caller;
  private final transient ProjectId project;
  private final transient CloudId cloud;
  private final String region;
  private final transient Runnable set;
  private final transient Map<LimitKind, Long> shown = new EnumMap<>(LimitKind.class);
  private final LimitFields fields;
  private final Div outcome = new Div();
  private final Button submit = new Button();

  /**
   * @param limits that the region told at the last look
   * @param set is called when the cloud has taken them
   */
  CloudQuotaDialog(
      PageWork work,
      CloudQuotaService quotas,
      Caller caller,
      ProjectId project,
      CloudId cloud,
      String region,
      Map<LimitKind, Limit> limits,
      Runnable set) {
    this.work = work;
    this.quotas = quotas;
    this.caller = caller;
    this.project = project;
    this.cloud = cloud;
    this.region = region;
    this.set = set;
    limits.forEach((kind, limit) -> shown.put(kind, limit.maximum()));
    fields = new LimitFields(shown.keySet(), CloudQuotaService.MOST, () -> {}, this::submit);
    fields.show(shown);
    setHeaderTitle(getTranslation("cloud-quota.title", project.toString(), region));
    Paragraph words =
        new Paragraph(getTranslation("cloud-quota.words", cloud.text(), project.toString()));
    Paragraph help = new Paragraph(getTranslation("cloud-quota.help"));
    help.addClassNames("quiet", "small");
    outcome.addClassName("stack");
    outcome.getElement().setAttribute("aria-live", "polite");
    Div body = new Div(words, fields, help, outcome);
    body.addClassName("stack");
    add(body);
    submit.setText(getTranslation("cloud-quota.do"));
    submit.addThemeVariants(ButtonVariant.LUMO_PRIMARY);
    submit.addClickListener(click -> submit());
    getFooter().add(new Button(getTranslation("shell.cancel"), click -> cancel()), submit);
    setWidth("640px");
    setMaxWidth("100%");
  }

  @Override
  protected boolean isTyped() {
    return fields.differs(shown);
  }

  private void submit() {
    outcome.removeAll();
    if (!fields.check()) {
      return;
    }
    Map<LimitKind, Long> changed = new EnumMap<>(LimitKind.class);
    fields
        .amounts()
        .forEach(
            (kind, amount) -> {
              if (Math.max(-1, shown.get(kind)) != amount) {
                changed.put(kind, amount);
              }
            });
    if (changed.isEmpty()) {
      outcome.add(
          new Notice(Mark.FAILED, "", new Paragraph(getTranslation("cloud-quota.unchanged"))));
      return;
    }
    Div moving = new Div();
    moving.addClassName("moving-bar");
    outcome.add(moving);
    submit.setEnabled(false);
    work.<Void>run(
        UI.getCurrent(),
        tell -> {
          quotas.set(caller, project, cloud, region, changed);
          return null;
        },
        done -> {
          close();
          set.run();
        },
        this::failed);
  }

  private void failed(FederationFault fault) {
    outcome.removeAll();
    outcome.add(Notice.of(fault));
    outcome.scrollIntoView();
    submit.setEnabled(true);
  }
}
