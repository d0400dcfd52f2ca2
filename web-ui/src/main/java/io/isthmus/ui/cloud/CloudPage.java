package io.isthmus.ui.cloud;

import com.vaadin.cdi.annotation.RouteScoped;
import com.vaadin.flow.component.AttachEvent;
import com.vaadin.flow.component.Component;
import com.vaadin.flow.component.Text;
import com.vaadin.flow.component.button.Button;
import com.vaadin.flow.component.button.ButtonVariant;
import com.vaadin.flow.component.html.Anchor;
import com.vaadin.flow.component.html.Div;
import com.vaadin.flow.component.html.Paragraph;
import com.vaadin.flow.component.html.Span;
import com.vaadin.flow.component.notification.Notification;
import com.vaadin.flow.component.select.Select;
import com.vaadin.flow.router.BeforeEnterEvent;
import com.vaadin.flow.router.BeforeEnterObserver;
import com.vaadin.flow.router.QueryParameters;
import com.vaadin.flow.router.Route;
import io.isthmus.domain.access.Caller;
import io.isthmus.domain.access.Callers;
import io.isthmus.domain.access.ProjectId;
import io.isthmus.domain.cloud.Cloud;
import io.isthmus.domain.cloud.CloudAccessService;
import io.isthmus.domain.cloud.CloudDetails;
import io.isthmus.domain.cloud.CloudDetails.AccessDetails;
import io.isthmus.domain.cloud.CloudId;
import io.isthmus.domain.cloud.CloudQuotaService;
import io.isthmus.domain.cloud.CloudService;
import io.isthmus.domain.cloud.RegionInventory;
import io.isthmus.domain.drain.Drain;
import io.isthmus.domain.drain.DrainService;
import io.isthmus.domain.fault.FaultCode;
import io.isthmus.domain.fault.FederationFault;
import io.isthmus.domain.mirror.Mirror;
import io.isthmus.ui.drain.StartDrainView;
import io.isthmus.ui.element.CloudChip;
import io.isthmus.ui.element.DisabledCloud;
import io.isthmus.ui.element.Moment;
import io.isthmus.ui.element.Notice;
import io.isthmus.ui.element.PageTabs;
import io.isthmus.ui.element.RemovalDialog;
import io.isthmus.ui.element.StateBadge;
import io.isthmus.ui.list.ListState;
import io.isthmus.ui.shell.FederationAdminsOnly;
import io.isthmus.ui.shell.LiveUpdates;
import io.isthmus.ui.shell.MainLayout;
import io.isthmus.ui.shell.Page;
import io.isthmus.ui.shell.PageWork;
import io.isthmus.ui.unsent.UnsentForms;
import io.isthmus.ui.widget.Hue;
import io.isthmus.ui.widget.Mark;
import jakarta.inject.Inject;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * One member cloud: how it is, what is known of it and found in it, and what can be done with it.
 */
@RouteScoped
@FederationAdminsOnly
@Route(value = "clouds/:cloud/:tab?", layout = MainLayout.class)
public class CloudPage extends Page implements BeforeEnterObserver {

  private static final long serialVersionUID = 1L;
  private static final String PROJECT = "project";

  private final transient Callers callers;
  private final transient CloudService clouds;
  private final transient CloudAccessService accesses;
  private final transient CloudQuotaService quotas;
  private final transient Mirror mirror;
  private final transient DrainService drains;
  private final transient PageWork work;
  private final transient LiveUpdates live;
  private final transient UnsentForms unsent;

  private final PageTabs<CloudTab.Name> tabs =
      new PageTabs<>(
          CloudTab.Name.class,
          word -> getTranslation("cloud-tab." + word),
          name -> go(name, new ListState(Map.of())));
  private final Select<ProjectId> seenBy = new Select<>();
  private final Div read = new Div();
  private final Div notices = new Div();
  private final Div drained = new Div();
  private final Div body = new Div();
  private final Button enable = new Button();

  private transient Caller caller;
  private transient CloudId id;
  private transient CloudTab.Name tabName;
  private transient Optional<ProjectId> project = Optional.empty();
  private transient ListState asked = new ListState(Map.of());
  private transient Optional<CloudTab> tab = Optional.empty();
  private transient Optional<CloudState> shown = Optional.empty();
  private transient List<Drain> drainsShown;
  private boolean gone;

  @Inject
  CloudPage(
      Callers callers,
      CloudService clouds,
      CloudAccessService accesses,
      CloudQuotaService quotas,
      Mirror mirror,
      DrainService drains,
      PageWork work,
      LiveUpdates live,
      UnsentForms unsent) {
    this.callers = callers;
    this.clouds = clouds;
    this.accesses = accesses;
    this.quotas = quotas;
    this.mirror = mirror;
    this.drains = drains;
    this.work = work;
    this.live = live;
    this.unsent = unsent;
    setBreadcrumb(new Anchor("/clouds", getTranslation("clouds.title")));
    seenBy.addClassName("choice");
    seenBy.setLabel(getTranslation("cloud-page.seen-by"));
    seenBy.addValueChangeListener(
        change -> {
          if (change.isFromClient()) {
            project = Optional.ofNullable(change.getValue());
            go(tabName, asked);
          }
        });
    layActions();
    notices.addClassName("stack");
    read.addClassNames("quiet", "small");
    drained.addClassName("stack");
    setContent(drained, notices, tabs, seenBy, read, body);
  }

  private void layActions() {
    Button edit =
        new Button(
            getTranslation("edit.button"),
            click ->
                shown.ifPresent(
                    state ->
                        new EditCloudDialog(
                                clouds,
                                caller,
                                state.cloud(),
                                unsent.of(caller, "clouds/" + id + "/facts"),
                                () -> done("edit.done"))
                            .open()));
    enable.addClickListener(click -> shown.ifPresent(state -> askToEnable(state.cloud())));
    Button remove =
        new Button(
            getTranslation("removal.button"),
            click ->
                shown.ifPresent(
                    state ->
                        CloudRemoval.ask(
                            this,
                            clouds,
                            caller,
                            state.details(),
                            () -> {
                              gone = true;
                              Notification.show(getTranslation("removal.done", id.text()));
                              getUI().ifPresent(ui -> ui.navigate(CloudsView.class));
                            })));
    remove.addThemeVariants(ButtonVariant.LUMO_ERROR);
    Button drain =
        new Button(
            getTranslation("drain.button"),
            click -> getUI().ifPresent(ui -> ui.navigate(StartDrainView.address(id))));
    setActions(edit, enable, drain, remove);
  }

  @Override
  public void beforeEnter(BeforeEnterEvent event) {
    caller = callers.current();
    CloudId named = parse(event.getRouteParameters().get("cloud").orElse(""));
    CloudTab.Name name =
        event
            .getRouteParameters()
            .get("tab")
            .map(
                word ->
                    PageTabs.find(CloudTab.Name.class, word)
                        .orElseThrow(() -> FederationFault.notFound("page", word)))
            .orElse(CloudTab.Name.OVERVIEW);
    QueryParameters query = event.getLocation().getQueryParameters();
    project = query.getSingleParameter(PROJECT).flatMap(CloudPage::project);
    asked = ListState.of(query);
    boolean same = named.equals(id) && name == tabName;
    id = named;
    tabName = name;
    CloudState state = state();
    if (!same || tab.isEmpty()) {
      CloudTab created = tab(name);
      tab = Optional.of(created);
      body.removeAll();
      body.add(created);
    }
    tab.get().ask(asked);
    tabs.select(name);
    shown = Optional.empty();
    show(state);
    showDrains();
  }

  /** Which parts of the cloud are being emptied, so that nothing new comes there. */
  private void showDrains() {
    List<Drain> now = drains.list(Optional.of(id), caller).stream().filter(Drain::closes).toList();
    if (now.equals(drainsShown)) {
      return;
    }
    drainsShown = now;
    drained.removeAll();
    for (Drain drain : now) {
      drained.add(
          new Notice(
              drain.status() == Drain.Status.COMPLETE ? Mark.COMPLETE : Mark.PROGRESS,
              getTranslation("drain.on-cloud." + drain.status(), drain.area().toString()),
              new Paragraph(drain.reason()),
              new Anchor("/drains/" + drain.id(), getTranslation("drain.on-cloud-show"))));
    }
    drained.setVisible(!now.isEmpty());
  }

  /** What cannot be an id is told like an id that does not exist. */
  private static CloudId parse(String text) {
    try {
      return new CloudId(text);
    } catch (IllegalArgumentException e) {
      throw FederationFault.notFound("cloud", text);
    }
  }

  /** What cannot be a project chooses none. */
  private static Optional<ProjectId> project(String text) {
    try {
      return Optional.of(ProjectId.parse(text));
    } catch (IllegalArgumentException e) {
      return Optional.empty();
    }
  }

  private CloudTab tab(CloudTab.Name name) {
    String title = getTranslation("cloud-tab." + PageTabs.word(name));
    return switch (name) {
      case OVERVIEW -> new CloudOverviewTab();
      case REGIONS -> new RegionsTab();
      case FLAVORS -> new FlavorsTab(title, asked, () -> address(name));
      case IMAGES -> new ImagesTab(title, asked, () -> address(name));
      case NETWORKS -> new NetworksTab(title, asked, () -> address(name));
      case LIMITS -> new LimitsTab(this::changeQuota);
      case ACCESSES -> new AccessesTab(title, accessActions(), asked, () -> address(name));
      case MIRROR ->
          new MirrorTab(
              () -> mirror.agesOfAll(Optional.of(id), caller),
              () -> mirror.strays(Optional.of(id), Mirror.MOST, caller));
      case EQUIVALENCES ->
          new EquivalencesTab(
              title,
              id,
              equivalence -> {
                clouds.declare(caller, equivalence);
                refresh();
              },
              equivalence -> {
                clouds.withdraw(caller, equivalence);
                refresh();
              },
              asked,
              () -> address(name));
    };
  }

  private String address(CloudTab.Name name) {
    return "clouds/" + id + "/" + PageTabs.word(name);
  }

  private void go(CloudTab.Name name, ListState state) {
    ListState wanted = state.with(PROJECT, project.map(ProjectId::toString).orElse(""));
    getUI().ifPresent(ui -> ui.navigate(address(name), wanted.query()));
  }

  @Override
  protected void onAttach(AttachEvent attached) {
    super.onAttach(attached);
    live.follow(this, Optional.empty(), this::refresh);
  }

  private CloudState state() {
    CloudDetails details = clouds.details(caller, id);
    Optional<AccessDetails> chosen =
        details.accesses().stream()
            .filter(access -> project.filter(access.access().project()::equals).isPresent())
            .findFirst()
            .or(
                () ->
                    details.accesses().stream()
                        .max(Comparator.comparing(access -> access.inventory().isPresent())));
    return new CloudState(
        details,
        chosen,
        clouds.equivalences(caller).stream()
            .filter(equivalence -> equivalence.cloud().equals(id))
            .toList());
  }

  private void refresh() {
    if (gone) {
      return;
    }
    try {
      show(state());
      showDrains();
      tab.ifPresent(CloudTab::refresh);
    } catch (FederationFault fault) {
      if (fault.code() != FaultCode.NOT_FOUND) {
        throw fault;
      }
      gone = true;
      setActions();
      setContent(
          new Notice(
              Mark.UNKNOWN,
              getTranslation("cloud-page.gone"),
              new Paragraph(getTranslation("cloud-page.gone-words")),
              new Anchor("/clouds", getTranslation("clouds.show-all"))));
    }
  }

  private void show(CloudState state) {
    if (shown.filter(state::equals).isPresent()) {
      return;
    }
    shown = Optional.of(state);
    showHead(state);
    tab.ifPresent(one -> one.show(state));
  }

  private void showHead(CloudState state) {
    Cloud cloud = state.cloud();
    setPageTitle(cloud.name());
    showBeside(state);
    setSentence(sentence(state));
    enable.setText(getTranslation(cloud.enabled() ? "enable.off" : "enable.on"));
    List<ProjectId> projects =
        state.details().accesses().stream().map(access -> access.access().project()).toList();
    seenBy.setItems(projects);
    seenBy.setValue(state.seenBy().map(access -> access.access().project()).orElse(null));
    seenBy.setVisible(tabName.isOfOneAccess() && projects.size() > 1);
    notices.removeAll();
    if (projects.isEmpty()) {
      notices.add(
          new Notice(
              Mark.DEGRADED,
              getTranslation("clouds.no-access"),
              new Paragraph(getTranslation("access.none-words")),
              new Anchor(AddCloudView.address(state.cloud().id()), getTranslation("access.add"))));
    } else if (state.details().accesses().stream().allMatch(each -> each.inventory().isEmpty())
        && state.details().health().seenAt().isEmpty()
        && state.details().health().reason().isEmpty()) {
      notices.add(
          new Notice(
              Mark.PROGRESS,
              getTranslation("cloud-page.first-look"),
              new Paragraph(getTranslation("cloud-page.first-look-words"))));
    }
    notices.setVisible(notices.getComponentCount() > 0);
  }

  private void showBeside(CloudState state) {
    Cloud cloud = state.cloud();
    List<Component> beside = new ArrayList<>();
    beside.add(new CloudChip(cloud.id().text(), new Hue(cloud.hue())));
    beside.add(StateBadge.of(state.details().health()));
    state.details().health().seenAt().ifPresent(seen -> beside.add(seen(seen)));
    if (!cloud.enabled()) {
      beside.add(new DisabledCloud());
    }
    setBeside(beside.toArray(new Component[0]));
    read.removeAll();
    // What comes from a cloud shows its age.
    state
        .inventory()
        .filter(inventory -> tabName.isOfOneAccess())
        .ifPresent(
            inventory ->
                read.add(
                    new Text(getTranslation("cloud-page.read") + " "),
                    Moment.ago(inventory.takenAt())));
  }

  private Component seen(Instant at) {
    Span age = new Span(new Span(getTranslation("cloud.seen") + " "), Moment.ago(at));
    age.addClassName("age");
    return age;
  }

  private String sentence(CloudState state) {
    CloudSummary summary = new CloudSummary(state.details());
    return getTranslation(
        "cloud-page.sentence",
        state.cloud().facts().operator().name(),
        summary.zones().size(),
        state.details().accesses().size());
  }

  private void askToEnable(Cloud cloud) {
    if (!cloud.enabled()) {
      clouds.enable(caller, id, true);
      done("enable.on-done");
      return;
    }
    new ChoiceDialog(
            getTranslation("enable.off-title", cloud.id().text()),
            List.of(getTranslation("enable.off-new"), getTranslation("enable.off-there")),
            getTranslation("enable.off"),
            () -> {
              clouds.enable(caller, id, false);
              done("enable.off-done");
            })
        .open();
  }

  private void done(String key) {
    refresh();
    Notification.show(getTranslation(key, id.text()));
  }

  private void changeQuota(ProjectId of, RegionInventory region) {
    new CloudQuotaDialog(
            work,
            quotas,
            caller,
            of,
            id,
            region.region(),
            region.limits(),
            () -> {
              Notification.show(getTranslation("cloud-quota.done", of.toString(), region.region()));
              refresh();
            })
        .open();
  }

  private AccessesTab.Actions accessActions() {
    return new AccessesTab.Actions() {
      @Override
      public void test(ProjectId of) {
        new AccessTestDialog(work, accesses, caller, id, of).open();
      }

      @Override
      public void replace(ProjectId of) {
        new ReplaceCredentialDialog(
                work,
                clouds,
                accesses,
                caller,
                id,
                of,
                unsent.of(caller, "clouds/" + id + "/accesses/" + of),
                () -> replaced(of))
            .open();
      }

      @Override
      public void remove(ProjectId of) {
        askToRemoveAccess(of);
      }
    };
  }

  private void replaced(ProjectId of) {
    refresh();
    notices.add(
        new Notice(
            Mark.COMPLETE, "", new Paragraph(getTranslation("replace.done", of.toString()))));
    notices.setVisible(true);
  }

  private void askToRemoveAccess(ProjectId of) {
    new RemovalDialog(
            getTranslation("access.remove-title", of.toString(), id.text()),
            List.of(getTranslation("access.remove-lost"), getTranslation("access.remove-stays")),
            of.toString(),
            getTranslation("access.remove"),
            () -> {
              accesses.remove(caller, of, id);
              refresh();
            })
        .open();
  }
}
