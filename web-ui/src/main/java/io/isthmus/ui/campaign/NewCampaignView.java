package io.isthmus.ui.campaign;

import com.vaadin.cdi.annotation.RouteScoped;
import com.vaadin.flow.component.AbstractField;
import com.vaadin.flow.component.Focusable;
import com.vaadin.flow.component.HasValidation;
import com.vaadin.flow.component.HasValue;
import com.vaadin.flow.component.button.Button;
import com.vaadin.flow.component.button.ButtonVariant;
import com.vaadin.flow.component.checkbox.Checkbox;
import com.vaadin.flow.component.checkbox.CheckboxGroup;
import com.vaadin.flow.component.combobox.ComboBox;
import com.vaadin.flow.component.html.Anchor;
import com.vaadin.flow.component.html.Div;
import com.vaadin.flow.component.html.H2;
import com.vaadin.flow.component.html.NativeDetails;
import com.vaadin.flow.component.html.Span;
import com.vaadin.flow.component.select.Select;
import com.vaadin.flow.component.textfield.IntegerField;
import com.vaadin.flow.component.textfield.TextArea;
import com.vaadin.flow.component.textfield.TextField;
import com.vaadin.flow.data.value.HasValueChangeMode;
import com.vaadin.flow.data.value.ValueChangeMode;
import com.vaadin.flow.router.BeforeEnterEvent;
import com.vaadin.flow.router.Route;
import io.isthmus.domain.access.Caller;
import io.isthmus.domain.access.Callers;
import io.isthmus.domain.access.ProjectId;
import io.isthmus.domain.campaign.Campaign;
import io.isthmus.domain.campaign.CampaignChange;
import io.isthmus.domain.campaign.CampaignPace;
import io.isthmus.domain.campaign.CampaignPace.Share;
import io.isthmus.domain.campaign.CampaignScope;
import io.isthmus.domain.campaign.CampaignService;
import io.isthmus.domain.campaign.CampaignView;
import io.isthmus.domain.campaign.CampaignWish;
import io.isthmus.domain.cloud.CatalogEntry;
import io.isthmus.domain.cloud.CatalogNames;
import io.isthmus.domain.cloud.CatalogService;
import io.isthmus.domain.cloud.CloudId;
import io.isthmus.domain.cloud.CloudService;
import io.isthmus.domain.cloud.CloudView;
import io.isthmus.domain.fault.FederationFault;
import io.isthmus.domain.image.Images;
import io.isthmus.domain.json.Json;
import io.isthmus.domain.placement.Glob;
import io.isthmus.domain.stack.StackLists;
import io.isthmus.domain.stack.StackService;
import io.isthmus.domain.stack.StackView;
import io.isthmus.domain.template.type.TlsVersion;
import io.isthmus.ui.element.Notice;
import io.isthmus.ui.element.Reader;
import io.isthmus.ui.shell.CurrentProject;
import io.isthmus.ui.shell.MainLayout;
import io.isthmus.ui.shell.ProjectPage;
import io.isthmus.ui.unsent.UnsentForm;
import io.isthmus.ui.unsent.UnsentForms;
import jakarta.inject.Inject;
import java.time.Duration;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Consumer;
import java.util.function.Supplier;

/**
 * The way to a campaign: what is changed, in which stacks, how fast, and when it stops; then what
 * would become of each stack, on the campaign's own page, from where it is started.
 */
@RouteScoped
@Route(value = NewCampaignView.ROUTE, layout = MainLayout.class)
public class NewCampaignView extends ProjectPage {

  static final String ROUTE = "campaigns/new";

  private static final long serialVersionUID = 1L;
  private static final int MOST_OFFERED = 500;

  /** What may be changed. */
  private enum Kind {
    IMAGE,
    FLAVOR,
    TLS_FLOOR,
    PARAMETER,
    TEMPLATE
  }

  private final transient CampaignService campaigns;
  private final transient CatalogService catalog;
  private final transient Images images;
  private final transient CloudService cloudService;
  private final transient StackLists stackLists;
  private final transient StackService stacks;
  private final transient UnsentForms forms;
  private final Div notice = new Div();
  private final TextField name = new TextField();
  private final TextArea reason = new TextArea();
  private final Select<Kind> kind = new Select<>();
  private final ComboBox<String> from = new ComboBox<>();
  private final ComboBox<String> to = new ComboBox<>();
  private final Select<TlsVersion> version = new Select<>();
  private final TextField parameter = new TextField();
  private final TextField value = new TextField();
  private final TextArea template = new TextArea();
  private final ComboBox<StackView> like = new ComboBox<>();
  private final Checkbox federation = new Checkbox();
  private final CheckboxGroup<ProjectId> projects = new CheckboxGroup<>();
  private final TextField names = new TextField();
  private final CheckboxGroup<CloudId> clouds = new CheckboxGroup<>();
  private final IntegerField canaries = new IntegerField();
  private final TextField canaryNames = new TextField();
  private final TextField waveSize = new TextField();
  private final IntegerField rest = new IntegerField();
  private final Checkbox asks = new Checkbox();
  private final IntegerField atOnce = new IntegerField();
  private final IntegerField watch = new IntegerField();
  private final TextField stopAfter = new TextField();
  private final Checkbox keepsFailed = new Checkbox();
  private final TextField at = new TextField();
  private final ComboBox<String> zone = new ComboBox<>();
  private final Div outcome = new Div();

  /** What is kept when the page is left; a parameter's value may be secret and is not. */
  private final transient Map<String, Supplier<String>> kept = new LinkedHashMap<>();

  private final transient Map<String, Consumer<String>> filled = new HashMap<>();
  private transient UnsentForm unsent;
  private transient CatalogNames known;
  private boolean filling;

  @Inject
  NewCampaignView(
      Callers callers,
      CurrentProject current,
      CampaignService campaigns,
      CatalogService catalog,
      Images images,
      CloudService clouds,
      StackLists stackLists,
      StackService stacks,
      UnsentForms forms) {
    super(callers, current);
    this.campaigns = campaigns;
    this.catalog = catalog;
    this.images = images;
    this.cloudService = clouds;
    this.stackLists = stackLists;
    this.stacks = stacks;
    this.forms = forms;
    setBreadcrumb(new Anchor("/" + CampaignsView.ADDRESS, getTranslation("campaigns.title")));
    setPageTitle(getTranslation("campaigns.new-title"));
    setSentence(getTranslation("campaigns.new-sentence"));
    lay();
  }

  private void lay() {
    text(name, "campaigns.name", "campaigns.name-help");
    name.setMaxLength(Campaign.LONGEST_NAME);
    name.setRequiredIndicatorVisible(true);
    reason.setLabel(getTranslation("campaigns.reason"));
    reason.setHelperText(getTranslation("campaigns.reason-help"));
    reason.setMaxLength(Campaign.LONGEST_REASON);
    reason.setRequiredIndicatorVisible(true);
    reason.setWidthFull();
    layChange();
    layScope();
    Div pace = layPace();
    Button preview = new Button(getTranslation("campaigns.preview"), click -> preview());
    preview.addThemeVariants(ButtonVariant.LUMO_PRIMARY);
    Button cancel = new Button(getTranslation("shell.cancel"), click -> giveUp());
    Div buttons = new Div(cancel, preview);
    buttons.addClassNames("row", "step-buttons");
    Div fields =
        new Div(
            name,
            reason,
            new H2(getTranslation("campaigns.what")),
            kind,
            from,
            to,
            version,
            parameter,
            value,
            template,
            like,
            new H2(getTranslation("campaigns.where")),
            federation,
            projects,
            names,
            clouds,
            new H2(getTranslation("campaigns.how")),
            pace,
            buttons);
    fields.addClassName("stack");
    outcome.addClassName("stack");
    outcome.setId("campaign-outcome");
    setContent(notice, fields, outcome);
    keep();
  }

  private void text(TextField field, String label, String help) {
    field.setLabel(getTranslation(label));
    field.setHelperText(getTranslation(help));
    field.setWidthFull();
    field.getElement().setAttribute("autocomplete", "off");
  }

  private void layChange() {
    kind.setLabel(getTranslation("campaigns.kind"));
    kind.setItems(Kind.values());
    kind.setItemLabelGenerator(one -> getTranslation("campaigns.kind." + one));
    kind.addValueChangeListener(change -> choose());
    for (ComboBox<String> box : List.of(from, to)) {
      box.setAllowCustomValue(true);
      box.setWidthFull();
      box.addCustomValueSetListener(typed -> box.setValue(typed.getDetail()));
    }
    from.setLabel(getTranslation("campaigns.from"));
    from.setHelperText(getTranslation("campaigns.from-help"));
    to.setLabel(getTranslation("campaigns.to"));
    to.setHelperText(getTranslation("campaigns.to-help"));
    version.setLabel(getTranslation("campaigns.version"));
    version.setHelperText(getTranslation("campaigns.version-help"));
    version.setItems(TlsVersion.values());
    version.setItemLabelGenerator(TlsVersion::octaviaName);
    text(parameter, "campaigns.parameter", "campaigns.parameter-help");
    text(value, "campaigns.value", "campaigns.value-help");
    template.setLabel(getTranslation("campaigns.template"));
    template.setHelperText(getTranslation("campaigns.template-help"));
    template.setWidthFull();
    template.setMinRows(8);
    template.setMaxRows(24);
    like.setLabel(getTranslation("campaigns.like"));
    like.setHelperText(getTranslation("campaigns.like-help"));
    like.setClearButtonVisible(true);
    like.setItemLabelGenerator(StackView::name);
    like.setWidthFull();
  }

  private void layScope() {
    federation.setLabel(getTranslation("campaigns.federation"));
    federation.setHelperText(getTranslation("campaigns.federation-help"));
    federation.addValueChangeListener(
        change -> projects.setVisible(!Boolean.TRUE.equals(change.getValue())));
    projects.setLabel(getTranslation("campaigns.projects"));
    text(names, "campaigns.names", "campaigns.names-help");
    clouds.setLabel(getTranslation("campaigns.clouds"));
    clouds.setHelperText(getTranslation("campaigns.clouds-help"));
  }

  private Div layPace() {
    text(waveSize, "campaigns.wave-size", "campaigns.wave-size-help");
    number(canaries, "campaigns.canaries", "campaigns.canaries-help", 0, Campaign.MOST_STACKS);
    text(canaryNames, "campaigns.canary-names", "campaigns.canary-names-help");
    number(
        rest,
        "campaigns.rest",
        "campaigns.rest-help",
        0,
        (int) CampaignPace.LONGEST_REST.toMinutes());
    asks.setLabel(getTranslation("campaigns.asks"));
    asks.setHelperText(getTranslation("campaigns.asks-help"));
    asks.addValueChangeListener(change -> rest.setEnabled(!Boolean.TRUE.equals(change.getValue())));
    text(stopAfter, "campaigns.stop-after", "campaigns.stop-after-help");
    number(atOnce, "campaigns.at-once", "campaigns.at-once-help", 1, CampaignPace.MOST_AT_ONCE);
    number(
        watch,
        "campaigns.watch",
        "campaigns.watch-help",
        0,
        (int) CampaignPace.LONGEST_WATCH.toMinutes());
    keepsFailed.setLabel(getTranslation("campaigns.keeps-failed"));
    keepsFailed.setHelperText(getTranslation("campaigns.keeps-failed-help"));
    text(at, "campaigns.at", "campaigns.at-help");
    at.setPlaceholder("2026-12-01T02:00");
    zone.setLabel(getTranslation("campaigns.zone"));
    zone.setItems(new TreeSet<>(ZoneId.getAvailableZoneIds()));
    Div moment = new Div(at, zone);
    moment.addClassName("stack");
    Div more = new Div(atOnce, watch, keepsFailed);
    more.addClassName("stack");
    Div all =
        new Div(
            canaries,
            canaryNames,
            waveSize,
            asks,
            rest,
            stopAfter,
            new NativeDetails(new Span(getTranslation("campaigns.moment")), moment),
            new NativeDetails(new Span(getTranslation("campaigns.finer")), more));
    all.addClassName("stack");
    return all;
  }

  private void number(IntegerField field, String label, String help, int least, int most) {
    field.setLabel(getTranslation(label));
    field.setHelperText(getTranslation(help));
    field.setMin(least);
    field.setMax(most);
    field.setStepButtonsVisible(true);
  }

  /** Says of each field how it is kept and filled again. */
  private void keep() {
    for (Map.Entry<String, HasValue<?, String>> field :
        Map.<String, HasValue<?, String>>ofEntries(
                Map.entry("name", name),
                Map.entry("reason", reason),
                Map.entry("from", from),
                Map.entry("to", to),
                Map.entry("parameter", parameter),
                Map.entry("template", template),
                Map.entry("names", names),
                Map.entry("canary_names", canaryNames),
                Map.entry("wave_size", waveSize),
                Map.entry("stop_after", stopAfter),
                Map.entry("at", at),
                Map.entry("zone", zone))
            .entrySet()) {
      kept.put(field.getKey(), () -> field.getValue().getOptionalValue().orElse(""));
      filled.put(
          field.getKey(),
          text -> {
            if (!text.isEmpty()) {
              field.getValue().setValue(text);
            }
          });
      field.getValue().addValueChangeListener(change -> typed());
    }
    kept.put("kind", () -> kind.getOptionalValue().map(Enum::name).orElse(""));
    filled.put(
        "kind",
        text ->
            Arrays.stream(Kind.values())
                .filter(one -> one.name().equals(text))
                .findFirst()
                .ifPresent(kind::setValue));
    kind.addValueChangeListener(change -> typed());
    kept.put("version", () -> version.getValue().octaviaName());
    filled.put("version", text -> TlsVersion.find(text).ifPresent(version::setValue));
    version.addValueChangeListener(change -> typed());
    for (HasValueChangeMode lazy :
        List.of(name, reason, parameter, value, template, names, canaryNames, waveSize, at)) {
      lazy.setValueChangeMode(ValueChangeMode.LAZY);
    }
    stopAfter.setValueChangeMode(ValueChangeMode.LAZY);
  }

  @Override
  protected boolean isOpenWithoutProject(Caller reader) {
    return reader.isFederationAdmin();
  }

  @Override
  protected void enter(BeforeEnterEvent event) {
    unsent = forms.of(caller(), "campaigns/new");
    known = projectIfAny().map(own -> catalog.names(caller(), own)).orElse(null);
    filling = true;
    projects.setItems(campaigns.writable(caller()));
    clouds.setItems(
        projectIfAny()
            .map(own -> cloudService.list(caller(), own).stream().map(CloudView::id).toList())
            .orElse(List.of()));
    like.setItems(
        projectIfAny()
            .map(own -> stackLists.mostUrgent(own, MOST_OFFERED, caller()))
            .orElse(List.of()));
    federation.setVisible(caller().isFederationAdmin());
    reset();
    notice.removeAll();
    unsent
        .find()
        .ifPresent(
            before -> {
              before.forEach((field, text) -> filled.getOrDefault(field, none -> {}).accept(text));
              notice.add(unsent.resumed(this, this::reset));
            });
    filling = false;
  }

  private void reset() {
    CampaignPace pace = CampaignPace.TOGETHER;
    for (HasValue<?, ?> field :
        List.of(name, reason, from, to, parameter, value, template, like, names, canaryNames, at)) {
      field.clear();
    }
    kind.setValue(Kind.IMAGE);
    version.setValue(TlsVersion.TLS_1_2);
    federation.setValue(caller().isFederationAdmin() && projectIfAny().isEmpty());
    projects.setValue(projectIfAny().map(Set::of).orElse(Set.of()));
    clouds.setValue(Set.of());
    canaries.setValue(1);
    waveSize.setValue(pace.wave().toString());
    rest.setValue(0);
    asks.setValue(false);
    atOnce.setValue(pace.atOnce());
    watch.setValue((int) pace.watch().toMinutes());
    stopAfter.setValue(pace.stopAfter().toString());
    keepsFailed.setValue(false);
    zone.setValue(Reader.formats().zone().getId());
    choose();
  }

  /** Shows what belongs to the kind of change. */
  private void choose() {
    Kind chosen = kind.getValue();
    boolean named = chosen == Kind.IMAGE || chosen == Kind.FLAVOR;
    from.setVisible(named);
    to.setVisible(named);
    version.setVisible(chosen == Kind.TLS_FLOOR);
    parameter.setVisible(chosen == Kind.PARAMETER);
    value.setVisible(chosen == Kind.PARAMETER);
    template.setVisible(chosen == Kind.TEMPLATE);
    like.setVisible(chosen == Kind.TEMPLATE);
    if (named) {
      List<String> offered = offered(chosen);
      from.setItems(offered);
      to.setItems(offered);
    }
  }

  private List<String> offered(Kind chosen) {
    TreeSet<String> offered = new TreeSet<>();
    if (known != null && chosen == Kind.FLAVOR) {
      known.flavors().stream().map(CatalogEntry::name).forEach(offered::add);
    }
    if (known != null && chosen == Kind.IMAGE) {
      known.images().stream().map(CatalogEntry::name).forEach(offered::add);
      images.list(project(), caller()).stream()
          .map(one -> one.image().name())
          .forEach(offered::add);
    }
    return List.copyOf(offered);
  }

  private void typed() {
    if (!filling && unsent != null) {
      Map<String, String> texts = new HashMap<>();
      kept.forEach((field, text) -> texts.put(field, text.get()));
      unsent.keep(texts);
    }
  }

  private void giveUp() {
    unsent.forget();
    getUI().ifPresent(ui -> ui.navigate(CampaignsView.ADDRESS));
  }

  private void preview() {
    outcome.removeAll();
    if (!isFilledIn()) {
      return;
    }
    try {
      CampaignView made =
          campaigns.create(
              new CampaignWish(name.getValue(), reason.getValue(), scope(), change(), pace()),
              caller());
      unsent.forget();
      getUI().ifPresent(ui -> ui.navigate(CampaignsView.ADDRESS + "/" + made.campaign().id()));
    } catch (FederationFault fault) {
      outcome.add(Notice.of(fault));
      outcome.scrollIntoView();
    }
  }

  /** Marks what is needed and empty, and leads to the first of it. */
  private boolean isFilledIn() {
    List<AbstractField<?, String>> needed = new ArrayList<>(List.of(name, reason));
    switch (kind.getValue()) {
      case IMAGE, FLAVOR -> needed.addAll(List.of(from, to));
      case TLS_FLOOR -> {}
      case PARAMETER -> needed.add(parameter);
      case TEMPLATE -> needed.add(template);
    }
    List<AbstractField<?, String>> empty =
        needed.stream()
            .filter(field -> field.getValue() == null || field.getValue().isBlank())
            .toList();
    for (AbstractField<?, String> field : needed) {
      ((HasValidation) field).setErrorMessage(getTranslation("campaigns.needed"));
      ((HasValidation) field).setInvalid(empty.contains(field));
    }
    empty.stream().findFirst().ifPresent(field -> ((Focusable<?>) field).focus());
    return empty.isEmpty();
  }

  private CampaignChange change() {
    return switch (kind.getValue()) {
      case IMAGE -> new CampaignChange.Image(from.getValue(), to.getValue());
      case FLAVOR -> new CampaignChange.Flavor(from.getValue(), to.getValue());
      case TLS_FLOOR -> new CampaignChange.TlsFloor(version.getValue());
      case PARAMETER ->
          new CampaignChange.Parameter(parameter.getValue(), Json.createValue(value.getValue()));
      case TEMPLATE ->
          new CampaignChange.Template(
              template.getValue(),
              Map.of(),
              like.getOptionalValue()
                  .map(
                      stack ->
                          CampaignChange.digest(
                              stacks.sources(stack.id(), caller()).template().text())));
    };
  }

  private CampaignScope scope() {
    boolean all = federation.isVisible() && federation.getValue();
    return new CampaignScope(
        all,
        all ? List.of() : List.copyOf(projects.getValue()),
        parts(names.getValue()).stream().map(Glob::new).toList(),
        List.copyOf(clouds.getValue()));
  }

  private static List<String> parts(String text) {
    return Arrays.stream(text.split("[,\\n]"))
        .map(String::strip)
        .filter(part -> !part.isEmpty())
        .toList();
  }

  private CampaignPace pace() {
    return new CampaignPace(
        Optional.of(at.getValue().strip()).filter(text -> !text.isEmpty()).map(CampaignPace::time),
        zone.getOptionalValue().map(ZoneId::of),
        orZero(canaries),
        parts(canaryNames.getValue()),
        Share.read("wave_size", waveSize.getValue()),
        asks.getValue() ? Duration.ZERO : Duration.ofMinutes(orZero(rest)),
        asks.getValue(),
        orZero(atOnce),
        Duration.ofMinutes(orZero(watch)),
        Share.read("stop_after", stopAfter.getValue()),
        keepsFailed.getValue());
  }

  private static int orZero(IntegerField field) {
    return field.getValue() == null ? 0 : field.getValue();
  }
}
