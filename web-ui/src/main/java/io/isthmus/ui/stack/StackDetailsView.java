package io.isthmus.ui.stack;

import com.vaadin.cdi.annotation.RouteScoped;
import com.vaadin.flow.component.AttachEvent;
import com.vaadin.flow.component.Component;
import com.vaadin.flow.component.button.Button;
import com.vaadin.flow.component.button.ButtonVariant;
import com.vaadin.flow.component.confirmdialog.ConfirmDialog;
import com.vaadin.flow.component.html.Anchor;
import com.vaadin.flow.component.html.Div;
import com.vaadin.flow.router.BeforeEnterEvent;
import com.vaadin.flow.router.BeforeEnterObserver;
import com.vaadin.flow.router.Route;
import io.isthmus.domain.access.Caller;
import io.isthmus.domain.access.Callers;
import io.isthmus.domain.cloud.CloudId;
import io.isthmus.domain.cloud.CloudService;
import io.isthmus.domain.drift.Drifts;
import io.isthmus.domain.failover.Failovers;
import io.isthmus.domain.failover.LostCloud;
import io.isthmus.domain.fault.FederationFault;
import io.isthmus.domain.insurance.RealRehearsals;
import io.isthmus.domain.insurance.Rehearsal;
import io.isthmus.domain.insurance.RehearsalRun;
import io.isthmus.domain.insurance.RehearsalService;
import io.isthmus.domain.json.Json;
import io.isthmus.domain.language.Phrase;
import io.isthmus.domain.placement.Decision;
import io.isthmus.domain.placement.Estimate;
import io.isthmus.domain.placement.PartId;
import io.isthmus.domain.placement.Plan;
import io.isthmus.domain.placement.PlanId;
import io.isthmus.domain.placement.PlanService;
import io.isthmus.domain.probe.ProbeResult;
import io.isthmus.domain.probe.Probes;
import io.isthmus.domain.stack.ActionStatus;
import io.isthmus.domain.stack.DriftChoice;
import io.isthmus.domain.stack.EventLists;
import io.isthmus.domain.stack.PartDetail;
import io.isthmus.domain.stack.PartView;
import io.isthmus.domain.stack.StackAction;
import io.isthmus.domain.stack.StackEvent;
import io.isthmus.domain.stack.StackHealth;
import io.isthmus.domain.stack.StackId;
import io.isthmus.domain.stack.StackService;
import io.isthmus.domain.stack.StackStatus;
import io.isthmus.domain.stack.StackView;
import io.isthmus.domain.stack.console.ConsoleLogs;
import io.isthmus.domain.tenant.TenantService;
import io.isthmus.ui.element.Clouds;
import io.isthmus.ui.element.Notice;
import io.isthmus.ui.element.PageTabs;
import io.isthmus.ui.element.Reader;
import io.isthmus.ui.element.StateBadge;
import io.isthmus.ui.list.ListState;
import io.isthmus.ui.shell.LiveUpdates;
import io.isthmus.ui.shell.MainLayout;
import io.isthmus.ui.shell.Page;
import io.isthmus.ui.shell.PageWork;
import io.isthmus.ui.widget.Mark;
import jakarta.inject.Inject;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Set;
import java.util.function.Consumer;
import java.util.stream.Collectors;

/** One stack: its state first, what fails on top, and the rest in tabs, all of it live. */
@RouteScoped
@Route(value = "stacks/:id/:tab?", layout = MainLayout.class)
public class StackDetailsView extends Page implements BeforeEnterObserver {

  private static final long serialVersionUID = 1L;
  private static final int MOST_TROUBLES = 5;
  private static final int MOST_REASONS = 2;
  private static final int CONSOLE_LINES = 500;

  private final transient Callers callers;
  private final transient CloudService cloudService;
  private final transient TenantService tenants;
  private final transient StackService stackService;
  private final transient KnownParts known;
  private final transient EventLists eventLists;
  private final transient PlanService planService;
  private final transient ConsoleLogs consoles;
  private final transient Drifts drifts;
  private final transient Probes probes;
  private final transient RehearsalService rehearsals;
  private final transient RealRehearsals real;
  private final transient Failovers failovers;
  private final transient PageWork work;
  private final transient LiveUpdates live;

  private final PageTabs<StackTab.Name> tabs =
      new PageTabs<>(
          StackTab.Name.class,
          word -> getTranslation("tab." + word),
          name -> go(name, new ListState(Map.of())));
  private final Div progress = new Div();
  private final Div losses = new Div();
  private final Div troubles = new Div();
  private final Div next = new Div();
  private final Div body = new Div();
  private final Button update = new Button();
  private final Button retry = new Button();
  private final Button cancel = new Button();
  private final Button back = new Button();
  private final Button wake = new Button();
  private final Button delete = new Button();
  private final StackMenu more = new StackMenu(this::check, this::putToSleep, this::askToAbandon);

  private transient Caller caller;
  private transient StackId id;
  private transient StackTab.Name tabName;
  private transient Optional<StackTab> tab = Optional.empty();
  private transient Optional<StackView> shown = Optional.empty();
  private transient Optional<WhatNext> whatNext = Optional.empty();
  private transient List<PartView> told = List.of();
  private transient Optional<Priced> priced = Optional.empty();

  /** What a plan costs. */
  private record Priced(PlanId plan, Estimate cost) {}

  @Inject
  StackDetailsView(
      Callers callers,
      CloudService clouds,
      TenantService tenants,
      StackService stacks,
      KnownParts known,
      EventLists events,
      PlanService plans,
      ConsoleLogs consoles,
      Drifts drifts,
      Probes probes,
      RehearsalService rehearsals,
      RealRehearsals real,
      Failovers failovers,
      PageWork work,
      LiveUpdates live) {
    this.callers = callers;
    this.cloudService = clouds;
    this.tenants = tenants;
    this.stackService = stacks;
    this.known = known;
    this.eventLists = events;
    this.planService = plans;
    this.consoles = consoles;
    this.drifts = drifts;
    this.probes = probes;
    this.rehearsals = rehearsals;
    this.real = real;
    this.failovers = failovers;
    this.work = work;
    this.live = live;
    setBreadcrumb(new Anchor("/stacks", getTranslation("stacks.title")));
    delete.setText(getTranslation("delete.button"));
    delete.addThemeVariants(ButtonVariant.LUMO_ERROR);
    delete.addClickListener(click -> askToDelete());
    update.setText(getTranslation("update.begin"));
    update.addClickListener(
        click -> getUI().ifPresent(ui -> ui.navigate("stacks/" + id + "/update")));
    retry.setText(getTranslation("retry.button"));
    retry.addThemeVariants(ButtonVariant.LUMO_PRIMARY);
    retry.addClickListener(click -> retry());
    cancel.setText(getTranslation("update.cancel"));
    cancel.addClickListener(
        click ->
            ask(
                "update.cancel",
                () -> stackService.cancel(id, false, OptionalLong.empty(), caller)));
    wake.setText(getTranslation("sleep.resume"));
    wake.addClickListener(click -> ask("sleep.resume", this::wake));
    back.setText(getTranslation("update.back"));
    back.addClickListener(
        click ->
            ask("update.back", () -> stackService.cancel(id, true, OptionalLong.empty(), caller)));
    setActions(retry, wake, update, cancel, back, more, delete);
    troubles.addClassName("stack");
    losses.addClassName("stack");
    setContent(progress, losses, troubles, next, tabs, body);
  }

  @Override
  public void beforeEnter(BeforeEnterEvent event) {
    caller = callers.current();
    String text = event.getRouteParameters().get("id").orElse("");
    StackId named = parse(text);
    StackTab.Name name =
        event
            .getRouteParameters()
            .get("tab")
            .map(
                word ->
                    PageTabs.find(StackTab.Name.class, word)
                        .orElseThrow(() -> FederationFault.notFound("page", word)))
            .orElse(StackTab.Name.OVERVIEW);
    ListState asked = ListState.of(event.getLocation().getQueryParameters());
    boolean same = named.equals(id) && name == tabName;
    if (!named.equals(id)) {
      next.removeAll();
      whatNext = Optional.empty();
    }
    id = named;
    tabName = name;
    if (!same || tab.isEmpty()) {
      tab = Optional.of(tab(name, asked));
    } else {
      tab.get().ask(asked);
    }
    tabs.select(name);
    shown = Optional.empty();
    refresh();
    if (tab.get().getParent().isEmpty()) {
      body.removeAll();
      body.add(tab.get());
    }
  }

  /** What cannot be an id is told like an id that does not exist. */
  private static StackId parse(String text) {
    try {
      return StackId.parse(text);
    } catch (IllegalArgumentException e) {
      throw FederationFault.notFound("stack", text);
    }
  }

  private StackTab tab(StackTab.Name name, ListState asked) {
    return switch (name) {
      case OVERVIEW -> new StackOverviewTab();
      case RESOURCES ->
          new ResourcesTab(id, asked, now -> go(StackTab.Name.RESOURCES, now), parts());
      case TOPOLOGY ->
          new TopologyTab(
              id,
              stackService.require(id, caller).name(),
              asked,
              now -> go(StackTab.Name.TOPOLOGY, now),
              parts());
      case EVENTS ->
          new EventsTab(
              id, asked, (query, skip, limit) -> eventLists.slice(id, query, skip, limit, caller));
      case DRIFT -> new DriftTab(() -> drifts.of(id, caller), this::choose);
      case OUTPUTS -> new OutputsTab(() -> stackService.outputs(id, caller));
      case PLAN -> new PlanTab(this::plan);
      case REHEARSALS ->
          new RehearsalsTab(
              () -> rehearsals.list(id, caller),
              tenants.isMember(caller, stackService.require(id, caller).project()),
              play());
      case TEMPLATE ->
          new SourcesTab(
              () -> stackService.sources(id, caller), plan -> planService.require(plan, caller));
    };
  }

  private RehearsalDialog.Play play() {
    return new RehearsalDialog.Play() {
      @Override
      public void dry(CloudId cloud) {
        open(rehearsals.rehearse(id, cloud, caller));
      }

      @Override
      public void real(CloudId cloud, RehearsalRun.Returns returns, String confirmation) {
        open(real.begin(id, cloud, returns, confirmation, caller));
      }

      private void open(Rehearsal one) {
        getUI().ifPresent(ui -> ui.navigate("stacks/" + id + "/rehearsals/" + one.id()));
      }
    };
  }

  private Plan plan() {
    return planService.require(stackService.require(id, caller).plan(), caller);
  }

  private PartSource parts() {
    return new PartSource() {
      @Override
      public List<PartView> all() {
        return known.of(shown.orElseThrow(), caller);
      }

      @Override
      public Optional<PartDetail> detail(PartId part) {
        return stackService.detail(id, part, caller);
      }

      @Override
      public Optional<Decision> decision(PartId part) {
        return plan().placement().decisions().stream()
            .filter(decision -> decision.resource().equals(part.resource()))
            .findFirst();
      }

      @Override
      public List<ProbeResult> probes(PartId part) {
        return probes.of(id, caller).of(part);
      }

      @Override
      public ConsolePanel console(PartView server) {
        return new ConsolePanel(
            work, () -> consoles.read(id, server.id().resource(), CONSOLE_LINES, caller));
      }
    };
  }

  private void go(StackTab.Name name, ListState asked) {
    getUI().ifPresent(ui -> ui.navigate("stacks/" + id + "/" + PageTabs.word(name), asked.query()));
  }

  @Override
  protected void onAttach(AttachEvent attached) {
    super.onAttach(attached);
    live.follow(this, Optional.of(id), this::refresh);
  }

  private void refresh() {
    StackView stack = stackService.require(id, caller);
    if (shown.equals(Optional.of(stack))) {
      return;
    }
    shown = Optional.of(stack);
    StackState state = state(stack);
    showHead(state);
    showLosses(state);
    showTroubles(state);
    tab.ifPresent(one -> one.show(state));
  }

  private StackState state(StackView stack) {
    return new StackState(
        stack, known.of(stack, caller), cloudService.list(caller, stack.project()));
  }

  private void showHead(StackState state) {
    StackView stack = state.stack();
    setPageTitle(stack.name());
    boolean judged = stack.health().state() != StackHealth.State.UNKNOWN;
    if (judged && !stack.status().equals(StackStatus.DELETED)) {
      setBeside(StateBadge.of(stack.status()), StateBadge.of(stack.health()));
    } else {
      setBeside(StateBadge.of(stack.status()));
    }
    setSentence(sentence(state));
    progress.removeAll();
    if (!stack.status().isTerminal()) {
      progress.add(new Progress(stack));
    }
    retry.setText(getTranslation(RetryDialog.key("retry.button", stack.status())));
    boolean changes = tenants.isMember(caller, stack.project());
    retry.setVisible(changes && isRetriable(stack));
    update.setVisible(changes && stack.status().isAtRest() && !stack.asleep());
    wake.setVisible(changes && stack.asleep() && stack.status().isTerminal());
    more.show(stack, changes);
    cancel.setVisible(changes && stack.status().equals(StackStatus.UPDATING));
    back.setVisible(
        changes
            && (stack.status().equals(StackStatus.UPDATING)
                || stack.status().equals(StackStatus.UPDATE_FAILED)));
    delete.setVisible(changes && isDeletable(stack));
    tabs.setLabel(
        StackTab.Name.RESOURCES,
        stack.status().equals(StackStatus.DELETED)
            ? getTranslation("tab.resources")
            : getTranslation("tab.resources-count", state.parts().size()));
    tabs.setLabel(
        StackTab.Name.DRIFT,
        stack.drift().parts() == 0
            ? getTranslation("tab.drift")
            : getTranslation("tab.drift-count", stack.drift().parts()));
  }

  static boolean isRetriable(StackView stack) {
    return isRetriable(stack.status());
  }

  /** What failed, other than a deletion, which is asked for again. */
  static boolean isRetriable(StackStatus status) {
    return status.status() == ActionStatus.FAILED && status.action() != StackAction.DELETE;
  }

  static boolean isDeletable(StackView stack) {
    return stack.status().action() != StackAction.DELETE
        || stack.status().status() == ActionStatus.FAILED;
  }

  /** What is told whole below, part by part, is only counted here. */
  private String sentence(StackState state) {
    StackStatus status = state.stack().status();
    if (status.status() == ActionStatus.FAILED) {
      long failed =
          state.parts().stream()
              .filter(part -> part.status().status() == ActionStatus.FAILED)
              .count();
      if (failed > 0) {
        String counted =
            getTranslation(
                switch (status.action()) {
                  case DELETE -> "stack.not-deleted";
                  case UPDATE, ROLLBACK -> "stack.not-updated";
                  case SUSPEND -> "stack.not-suspended";
                  case RESUME -> "stack.not-resumed";
                  case ADOPT -> "stack.not-adopted";
                  default -> "stack.not-created";
                },
                failed,
                state.parts().stream().filter(part -> part.status().isWhole()).count());
        return unseen(state).map(more -> counted + " " + more).orElse(counted);
      }
    }
    List<String> sentences = new ArrayList<>();
    sentences.add(state.stack().statusReason().in(getLocale()));
    if (status.isWhole()) {
      sentences.add(placed(state));
      cost(state).ifPresent(sentences::add);
    }
    unseen(state).ifPresent(sentences::add);
    if (state.stack().drift().parts() > 0) {
      sentences.add(getTranslation("drift.of-stack", state.stack().drift().parts()));
    }
    Set<Phrase> dark =
        state.parts().stream()
            .map(PartView::health)
            .filter(health -> health.state() == StackHealth.State.UNREACHABLE)
            .flatMap(health -> health.reasons().stream())
            .collect(Collectors.toSet());
    StackHealth health = state.stack().health();
    health.reasons().stream()
        // How many are out of reach is told with where they are.
        .skip(health.isPartlyUnreachable() ? 1 : 0)
        .filter(reason -> !dark.contains(reason))
        .map(reason -> reason.in(getLocale()))
        .filter(words -> !sentences.contains(words))
        .limit(MOST_REASONS)
        .forEach(sentences::add);
    return String.join(" ", sentences);
  }

  /** By the prices that were known when it was planned; empty when none was. */
  private Optional<String> cost(StackState state) {
    PlanId of = state.stack().plan();
    if (priced.filter(known -> known.plan().equals(of)).isEmpty()) {
      priced = Optional.of(new Priced(of, planService.require(of, caller).placement().cost()));
    }
    Estimate estimate = priced.orElseThrow().cost();
    if (estimate.hourly().isEmpty()) {
      return Optional.empty();
    }
    String sums =
        estimate.hourly().entrySet().stream()
            .map(sum -> Reader.formats().price(sum.getValue(), sum.getKey()))
            .collect(Collectors.joining(" + "));
    return Optional.of(
        getTranslation(estimate.isWhole() ? "cost.of-stack" : "cost.of-stack-at-least", sums));
  }

  private String placed(StackState state) {
    List<String> clouds =
        state.parts().stream().map(part -> part.id().cloud().text()).distinct().sorted().toList();
    return getTranslation(
        "stack.placed",
        clouds.size(),
        String.join(", ", clouds),
        Reader.formats().dateTime(state.stack().createdAt()));
  }

  /** A cloud that is dark is told once, not for each of the resources there. */
  private Optional<String> unseen(StackState state) {
    List<PartView> unseen =
        state.parts().stream()
            .filter(part -> part.health().state() == StackHealth.State.UNREACHABLE)
            .toList();
    return unseen.isEmpty()
        ? Optional.empty()
        : Optional.of(
            getTranslation(
                "stack.unseen",
                unseen.size(),
                state.parts().size(),
                unseen.stream()
                    .map(part -> part.id().cloud().text())
                    .distinct()
                    .sorted()
                    .collect(Collectors.joining(", "))));
  }

  /** Whether a cloud that does not answer is lost is more than that it does not answer. */
  private void showLosses(StackState state) {
    boolean dark =
        state.parts().stream()
            .anyMatch(part -> part.health().state() == StackHealth.State.UNREACHABLE);
    losses.removeAll();
    if (state.stack().isAbandoned()) {
      // What it had is offered once more: nobody else tells of it.
      losses.add(
          new Notice(
              Mark.UNKNOWN,
              getTranslation("abandon.done", state.stack().name()),
              AbandonDialog.download(state.stack().name(), this::document)));
    }
    List<Failovers.Told> told = failovers.of(id, caller);
    Set<CloudId> acted = told.stream().map(one -> one.lost().cloud()).collect(Collectors.toSet());
    if (dark || !told.isEmpty()) {
      probes
          .of(id, caller)
          .losses()
          .forEach(
              loss ->
                  losses.add(
                      new LossNotice(
                          getTranslation("loss.title", loss.cloud()),
                          loss,
                          acted.contains(loss.cloud()))));
    }
    StackView stack = shown.orElseThrow();
    Optional<FailoverNotice.Words> words =
        tenants.isMember(caller, stack.project())
            ? Optional.of(new FailoverWords())
            : Optional.empty();
    told.forEach(
        one ->
            losses.add(
                new FailoverNotice(
                    one, getTranslation("failover.title", one.lost().cloud()), words)));
    real.underWay(id, caller)
        .ifPresent(
            one ->
                losses.add(
                    new RehearsalNotice(
                        one,
                        one.run().orElseThrow(),
                        getTranslation("rehearsal.notice", one.cloud()),
                        words.isPresent(),
                        () -> {
                          real.moveBack(one.id(), caller);
                          refresh();
                        })));
  }

  /** Asks for the reason first. */
  private final class FailoverWords implements FailoverNotice.Words {
    @Override
    public void failOver(LostCloud lost) {
      ask("now", lost, reason -> failovers.failOver(id, lost.cloud(), reason, caller));
    }

    @Override
    public void remove(LostCloud lost) {
      ask("remove", lost, reason -> failovers.removeReplaced(id, lost.cloud(), reason, caller));
    }

    private void ask(String what, LostCloud lost, Consumer<String> then) {
      new ReasonDialog(
              getTranslation("failover." + what + "-title", lost.cloud()),
              getTranslation("failover." + what + "-means", lost.cloud()),
              getTranslation("failover." + what),
              reason -> {
                then.accept(reason);
                refresh();
              })
          .open();
    }
  }

  /** What is told already is left alone: somebody may be reading what is folded out. */
  private void showTroubles(StackState state) {
    List<PartView> troubled =
        state.parts().stream()
            .filter(part -> part.trouble().isPresent())
            .filter(part -> part.status().status() != ActionStatus.COMPLETE)
            .sorted(
                Comparator.comparing(
                    (PartView part) -> part.status().status() != ActionStatus.FAILED))
            .toList();
    if (!troubled.equals(told)) {
      told = troubled;
      tell(troubled, state);
    }
    if (!troubled.isEmpty() || state.stack().status().status() == ActionStatus.FAILED) {
      showWhatNext(state);
    } else {
      whatNext.ifPresent(Component::removeFromParent);
      whatNext = Optional.empty();
    }
  }

  private void tell(List<PartView> troubled, StackState state) {
    Clouds clouds = new Clouds(state.clouds());
    troubles.removeAll();
    troubled.stream()
        .limit(MOST_TROUBLES)
        .map(part -> PartTrouble.of(part, PartNames.of(part.id(), state.parts()), clouds))
        .flatMap(Optional::stream)
        .forEach(troubles::add);
    if (troubled.size() > MOST_TROUBLES) {
      troubles.add(
          new Anchor(
              "/stacks/" + id + "/resources" + onlyFailed(troubled),
              getTranslation("trouble.others", troubled.size() - MOST_TROUBLES)));
    }
  }

  /** Where only those in the same state are told of no more, the list shows them alone. */
  private static String onlyFailed(List<PartView> troubled) {
    StackStatus status = troubled.get(MOST_TROUBLES).status();
    return status.status() == ActionStatus.FAILED ? "?status=" + status : "";
  }

  private void showWhatNext(StackState state) {
    if (whatNext.isEmpty()) {
      Locale locale = getLocale();
      WhatNext made =
          new WhatNext(getTranslation("report.file", state.stack().name()), () -> report(locale));
      whatNext = Optional.of(made);
      next.add(made);
    }
    whatNext.get().show(state.stack().status(), state.parts());
  }

  private String report(Locale locale) {
    StackView stack = stackService.require(id, caller);
    List<StackEvent> events = new ArrayList<>();
    List<StackEvent> more;
    do {
      long last = events.isEmpty() ? 0 : events.get(events.size() - 1).sequence();
      more = stackService.events(id, last, StackService.MOST, caller);
      events.addAll(more);
    } while (more.size() == StackService.MOST);
    return FailureReport.text(
        stack,
        stackService.parts(id, caller),
        events,
        planService.require(stack.plan(), caller),
        (key, arguments) -> getTranslation(locale, key, arguments),
        locale);
  }

  private void choose(DriftChoice choice) {
    stackService.chooseOnDrift(id, OptionalLong.empty(), choice, caller);
    refresh();
  }

  private void retry() {
    stackService.retry(id, OptionalLong.empty(), caller);
    refresh();
  }

  private void ask(String key, Runnable wish) {
    ConfirmDialog dialog = new ConfirmDialog();
    dialog.setHeader(getTranslation(key + "-ask", shown.orElseThrow().name()));
    dialog.setText(getTranslation(key + "-words"));
    dialog.setCancelable(true);
    dialog.setCancelText(getTranslation("shell.cancel"));
    dialog.setConfirmText(getTranslation(key));
    dialog.addConfirmListener(
        confirm -> {
          wish.run();
          refresh();
        });
    dialog.open();
  }

  private void check() {
    stackService.check(id, OptionalLong.empty(), caller);
    refresh();
  }

  private void putToSleep() {
    ask("sleep.suspend", () -> stackService.suspend(id, OptionalLong.empty(), caller));
  }

  private void wake() {
    stackService.resume(id, OptionalLong.empty(), caller);
  }

  private void askToAbandon() {
    String name = shown.orElseThrow().name();
    new AbandonDialog(
            name,
            this::document,
            () -> {
              stackService.abandon(id, name, OptionalLong.empty(), caller);
              refresh();
            })
        .open();
  }

  private String document() {
    return Json.pretty(stackService.document(id, caller));
  }

  private void askToDelete() {
    StackView stack = shown.orElseThrow();
    new DeleteDialog(stack.name(), known.of(stack, caller), this::delete).open();
  }

  private void delete() {
    stackService.delete(id, OptionalLong.empty(), caller);
    refresh();
  }
}
