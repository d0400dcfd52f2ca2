package io.isthmus.ui.quota;

import com.vaadin.flow.component.button.Button;
import com.vaadin.flow.component.button.ButtonVariant;
import com.vaadin.flow.component.combobox.ComboBox;
import com.vaadin.flow.component.html.Div;
import com.vaadin.flow.component.html.Paragraph;
import io.isthmus.domain.access.Caller;
import io.isthmus.domain.cloud.Extent;
import io.isthmus.domain.cloud.LimitKind;
import io.isthmus.domain.fault.FederationFault;
import io.isthmus.domain.quota.Quota;
import io.isthmus.domain.quota.QuotaHolder;
import io.isthmus.domain.quota.QuotaService;
import io.isthmus.ui.element.FormDialog;
import io.isthmus.ui.element.Notice;
import io.isthmus.ui.unsent.UnsentForm;
import io.isthmus.ui.widget.Mark;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Sets what a tenant or project may have in a part of the federation. */
class QuotaDialog extends FormDialog {

  private static final long serialVersionUID = 1L;
  private static final String WHOSE = "whose";
  private static final String WHERE = "where";

  /** Of the quota that was changed. */
  private static final String VERSION = "version";

  private final transient QuotaService quotas;
  private final transient Caller caller;
  private final transient UnsentForm unsent;
  private final transient Runnable changed;
  private final ComboBox<QuotaHolder> whose = new ComboBox<>();
  private final ComboBox<Extent> where = new ComboBox<>();
  private final LimitFields limits;
  private final Paragraph found = new Paragraph();
  private final Div refusal = new Div();

  /** What is changed; of version 0 when it is new. */
  private transient Optional<Quota> read;

  /**
   * @param quota the one to change; empty to choose whose and where
   * @param unsent what was typed here before
   * @param changed is called when it was saved
   */
  QuotaDialog(
      QuotaService quotas,
      Caller caller,
      Optional<Quota> quota,
      UnsentForm unsent,
      Runnable changed) {
    this.quotas = quotas;
    this.caller = caller;
    this.read = quota;
    this.unsent = unsent;
    this.changed = changed;
    QuotaWords words = new QuotaWords(this);
    setHeaderTitle(
        getTranslation(quota.isPresent() ? "tenant-quotas.change-title" : "tenant-quotas.set"));
    choice(whose, "tenant-quotas.whose", quota.isPresent());
    whose.setItemLabelGenerator(words::holder);
    whose.setItems(quotas.holders(caller));
    choice(where, "tenant-quotas.where", quota.isPresent());
    where.setItemLabelGenerator(words::extent);
    where.setItems(quotas.extents());
    found.addClassNames("quiet", "small");
    found.getElement().setAttribute("role", "status");
    limits = new LimitFields(List.of(LimitKind.values()), this::keep, this::save);
    Paragraph help = new Paragraph(getTranslation("tenant-quotas.help"));
    help.addClassNames("quiet", "small");
    Div body = new Div(whose, where, found, limits, help, refusal);
    body.addClassName("stack");
    quota.ifPresentOrElse(this::show, () -> where.setValue(new Extent.Everywhere()));
    unsent.find().filter(this::isOfThisVersion).ifPresent(kept -> resume(kept, body));
    whose.addValueChangeListener(change -> chosen());
    where.addValueChangeListener(change -> chosen());
    add(body);
    Button save = new Button(getTranslation("tenant-quotas.save"), click -> save());
    save.addThemeVariants(ButtonVariant.LUMO_PRIMARY);
    getFooter().add(new Button(getTranslation("shell.cancel"), click -> cancel()), save);
    setWidth("640px");
    setMaxWidth("100%");
  }

  private void choice(ComboBox<?> choice, String label, boolean fixed) {
    choice.setLabel(getTranslation(label));
    choice.setWidthFull();
    choice.setReadOnly(fixed);
    choice.setRequired(true);
    choice.setErrorMessage(getTranslation("form.needed"));
  }

  private void show(Quota quota) {
    whose.setValue(quota.holder());
    where.setValue(quota.extent());
    limits.show(quota.maxima());
  }

  /** What is there already is changed, not replaced unseen. */
  private void chosen() {
    keep();
    if (whose.isEmpty() || where.isEmpty()) {
      return;
    }
    Quota there = quotas.find(whose.getValue(), where.getValue(), caller);
    boolean filled = read.filter(quota -> quota.version() > 0).isPresent();
    read = Optional.of(there);
    found.setText(there.version() > 0 ? getTranslation("tenant-quotas.found") : "");
    if (there.version() > 0 || filled) {
      limits.show(there.maxima());
    }
  }

  private Map<LimitKind, Long> shown() {
    return read.map(Quota::maxima).orElse(Map.of());
  }

  private boolean isOfThisVersion(Map<String, String> kept) {
    return kept.get(VERSION).equals(version());
  }

  private String version() {
    return Long.toString(read.map(Quota::version).orElse(0L));
  }

  private void resume(Map<String, String> kept, Div body) {
    fill(kept);
    body.addComponentAsFirst(
        unsent.resumed(
            this,
            () -> {
              if (read.isPresent()) {
                show(read.get());
              } else {
                whose.clear();
                limits.show(Map.of());
              }
            }));
  }

  private void fill(Map<String, String> kept) {
    quotas.holders(caller).stream()
        .filter(holder -> holder.toString().equals(kept.get(WHOSE)))
        .findFirst()
        .ifPresent(whose::setValue);
    quotas.extents().stream()
        .filter(extent -> extent.text().equals(kept.get(WHERE)))
        .findFirst()
        .ifPresent(where::setValue);
    limits.retype(kept);
  }

  @Override
  protected boolean isTyped() {
    return limits.differs(shown());
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
    Map<String, String> typed = new HashMap<>(limits.typed(shown()));
    typed.put(VERSION, version());
    typed.put(WHOSE, whose.getOptionalValue().map(QuotaHolder::toString).orElse(""));
    typed.put(WHERE, where.getOptionalValue().map(Extent::text).orElse(""));
    unsent.keep(typed);
  }

  private void save() {
    refusal.removeAll();
    whose.setInvalid(whose.isEmpty());
    where.setInvalid(where.isEmpty());
    if (!limits.check() || whose.isInvalid() || where.isInvalid()) {
      return;
    }
    Map<LimitKind, Long> maxima = new EnumMap<>(LimitKind.class);
    limits.amounts().entrySet().stream()
        .filter(amount -> amount.getValue() >= 0)
        .forEach(amount -> maxima.put(amount.getKey(), amount.getValue()));
    if (maxima.isEmpty()) {
      refusal.add(
          new Notice(Mark.FAILED, "", new Paragraph(getTranslation("tenant-quotas.nothing"))));
      return;
    }
    try {
      quotas.set(
          whose.getValue(), where.getValue(), maxima, read.map(Quota::version).orElse(0L), caller);
      unsent.forget();
      close();
      changed.run();
    } catch (FederationFault fault) {
      refusal.add(Notice.of(fault));
    }
  }
}
