package io.isthmus.ui.quota;

import com.vaadin.flow.component.combobox.ComboBox;
import com.vaadin.flow.component.html.Paragraph;
import io.isthmus.domain.access.Caller;
import io.isthmus.domain.cloud.Extent;
import io.isthmus.domain.cloud.LimitKind;
import io.isthmus.domain.quota.Quota;
import io.isthmus.domain.quota.QuotaHolder;
import io.isthmus.domain.quota.QuotaService;
import io.isthmus.ui.unsent.KeptFormDialog;
import io.isthmus.ui.unsent.UnsentForm;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Sets what a tenant or project may have in a part of the federation. */
class QuotaDialog extends KeptFormDialog {

  private static final long serialVersionUID = 1L;
  private static final String WHOSE = "whose";
  private static final String WHERE = "where";

  /** Of the quota that was changed. */
  private static final String VERSION = "version";

  private final transient QuotaService quotas;
  private final transient Caller caller;
  private final transient Runnable changed;
  private final ComboBox<QuotaHolder> whose = new ComboBox<>();
  private final ComboBox<Extent> where = new ComboBox<>();
  private final LimitFields limits;
  private final Paragraph found = new Paragraph();

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
    super(unsent);
    this.quotas = quotas;
    this.caller = caller;
    this.read = quota;
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
    limits =
        new LimitFields(List.of(LimitKind.values()), QuotaService.MOST, this::keep, this::submit);
    quota.ifPresentOrElse(this::show, () -> where.setValue(new Extent.Everywhere()));
    if (quota.isEmpty()) {
      whose.addValueChangeListener(change -> chosen());
      where.addValueChangeListener(change -> chosen());
    }
    lay(
        "640px",
        getTranslation("tenant-quotas.save"),
        whose,
        where,
        found,
        limits,
        help("tenant-quotas.help"));
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

  @Override
  protected boolean isOfNow(Map<String, String> kept) {
    Optional<Quota> now =
        isFixed()
            ? read
            : holder(kept)
                .flatMap(holder -> extent(kept).map(extent -> quotas.find(holder, extent, caller)));
    return version(now).equals(kept.get(VERSION));
  }

  /** Whether it is said from the beginning whose and where. */
  private boolean isFixed() {
    return whose.isReadOnly();
  }

  private static String version(Optional<Quota> quota) {
    return Long.toString(quota.map(Quota::version).orElse(0L));
  }

  private Optional<QuotaHolder> holder(Map<String, String> kept) {
    return quotas.holders(caller).stream()
        .filter(holder -> holder.toString().equals(kept.get(WHOSE)))
        .findFirst();
  }

  private Optional<Extent> extent(Map<String, String> kept) {
    return quotas.extents().stream()
        .filter(extent -> extent.text().equals(kept.get(WHERE)))
        .findFirst();
  }

  @Override
  protected void reset() {
    if (isFixed()) {
      read.ifPresent(this::show);
      return;
    }
    whose.clear();
    where.setValue(new Extent.Everywhere());
    read = Optional.empty();
    found.setText("");
    limits.show(Map.of());
  }

  @Override
  protected void fill(Map<String, String> kept) {
    holder(kept).ifPresent(whose::setValue);
    extent(kept).ifPresent(where::setValue);
    limits.retype(kept);
  }

  @Override
  protected boolean isTyped() {
    return limits.differs(shown());
  }

  @Override
  protected Map<String, String> typed() {
    Map<String, String> typed = new HashMap<>(limits.typed(shown()));
    typed.put(VERSION, version(read));
    typed.put(WHOSE, whose.getOptionalValue().map(QuotaHolder::toString).orElse(""));
    typed.put(WHERE, where.getOptionalValue().map(Extent::text).orElse(""));
    return typed;
  }

  @Override
  protected void submit() {
    forgetRefusal();
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
      refuse("tenant-quotas.nothing");
      return;
    }
    send(
        () ->
            quotas.set(
                whose.getValue(),
                where.getValue(),
                maxima,
                read.map(Quota::version).orElse(0L),
                caller),
        changed);
  }
}
