package io.isthmus.ui.campaign;

import com.vaadin.cdi.annotation.RouteScoped;
import com.vaadin.flow.component.Component;
import com.vaadin.flow.component.button.Button;
import com.vaadin.flow.component.button.ButtonVariant;
import com.vaadin.flow.component.confirmdialog.ConfirmDialog;
import com.vaadin.flow.component.html.Anchor;
import com.vaadin.flow.component.html.Div;
import com.vaadin.flow.component.html.H2;
import com.vaadin.flow.component.html.ListItem;
import com.vaadin.flow.component.html.NativeDetails;
import com.vaadin.flow.component.html.Paragraph;
import com.vaadin.flow.component.html.Span;
import com.vaadin.flow.component.html.UnorderedList;
import com.vaadin.flow.router.BeforeEnterEvent;
import com.vaadin.flow.router.Route;
import io.isthmus.domain.access.Caller;
import io.isthmus.domain.access.Callers;
import io.isthmus.domain.access.ProjectId;
import io.isthmus.domain.campaign.Campaign;
import io.isthmus.domain.campaign.CampaignCsv;
import io.isthmus.domain.campaign.CampaignScope;
import io.isthmus.domain.campaign.CampaignService;
import io.isthmus.domain.campaign.CampaignStack;
import io.isthmus.domain.campaign.CampaignStackPage;
import io.isthmus.domain.campaign.CampaignTotals;
import io.isthmus.domain.campaign.CampaignView;
import io.isthmus.domain.campaign.StackPreview;
import io.isthmus.domain.cloud.CloudId;
import io.isthmus.domain.fault.FederationFault;
import io.isthmus.domain.placement.Glob;
import io.isthmus.domain.placement.ResourceChange;
import io.isthmus.ui.element.EmptyState;
import io.isthmus.ui.element.Facts;
import io.isthmus.ui.element.Moment;
import io.isthmus.ui.element.Notice;
import io.isthmus.ui.element.Reader;
import io.isthmus.ui.element.Table;
import io.isthmus.ui.list.CsvLink;
import io.isthmus.ui.list.FilterSelect;
import io.isthmus.ui.plan.UpdateWords;
import io.isthmus.ui.shell.CurrentProject;
import io.isthmus.ui.shell.LiveUpdates;
import io.isthmus.ui.shell.MainLayout;
import io.isthmus.ui.shell.ProjectPage;
import io.isthmus.ui.widget.Mark;
import jakarta.inject.Inject;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.function.BiConsumer;
import java.util.stream.Collectors;

/** One campaign: what it would make of each stack, how far it has come, and its report. */
@RouteScoped
@Route(value = CampaignsView.ADDRESS + "/:campaign", layout = MainLayout.class)
public class CampaignDetailsView extends ProjectPage {

  private static final long serialVersionUID = 1L;
  private static final int PAGE = 100;

  private static final Set<Campaign.Status> RUNS =
      Set.of(Campaign.Status.SCHEDULED, Campaign.Status.RUNNING, Campaign.Status.WAITING);
  private static final Set<Campaign.Status> STANDS =
      Set.of(Campaign.Status.WAITING, Campaign.Status.PAUSED, Campaign.Status.HALTED);
  private static final Set<Campaign.Status> THROUGH =
      Set.of(Campaign.Status.COMPLETE, Campaign.Status.ENDED);

  private final transient CampaignService campaigns;
  private final transient CampaignWords words = new CampaignWords(this);
  private final transient UpdateWords updates =
      new UpdateWords(this::getTranslation, Reader.formats(), Reader.locale());
  private final Div notices = new Div();
  private final Div facts = new Div();
  private final Div content = new Div();
  private final FilterSelect<CampaignStack.State> state;
  private final Button more = new Button(getTranslation("campaigns.more"));
  private final transient Table<CampaignStack> table;
  private transient UUID id;
  private transient Seen shown;
  private boolean mayChange;
  private int limit = PAGE;

  /** What the page was drawn from. */
  private record Seen(CampaignView view, CampaignStackPage stacks) {}

  @Inject
  CampaignDetailsView(
      Callers callers, CurrentProject current, CampaignService campaigns, LiveUpdates live) {
    super(callers, current);
    this.campaigns = campaigns;
    follow(live, this::refresh);
    setBreadcrumb(new Anchor("/" + CampaignsView.ADDRESS, getTranslation("campaigns.title")));
    state =
        new FilterSelect<>(
            getTranslation("campaign.state"),
            List.of(CampaignStack.State.values()),
            words::stateWords);
    state.addValueChangeListener(change -> refresh());
    more.addClickListener(
        click -> {
          limit = Math.min(CampaignService.MOST, limit + PAGE);
          refresh();
        });
    notices.addClassName("stack");
    content.addClassName("stack");
    table =
        new Table<CampaignStack>(getTranslation("campaign.stacks"), CampaignStack::stack)
            .number(getTranslation("campaign.wave"), one -> number(one.wave() + 1))
            .text(getTranslation("campaign.project"), one -> one.project().toString())
            .column(
                getTranslation("campaign.stack"),
                one -> new Anchor("/stacks/" + one.stack(), one.name()))
            .column(getTranslation("campaign.state"), one -> words.state(one.state()))
            .column(getTranslation("campaign.becomes"), this::becomes)
            .column(getTranslation("campaign.when"), this::when)
            .text(
                getTranslation("campaign.why"),
                one -> one.why().map(why -> why.in(Reader.locale())).orElse(""))
            .named()
            .live();
    setContent(notices, facts, content);
  }

  private static String number(long number) {
    return Reader.formats().number(number);
  }

  @Override
  protected boolean isOpenWithoutProject(Caller reader) {
    return reader.isFederationAuditor();
  }

  @Override
  protected void enter(BeforeEnterEvent event) {
    String text = event.getRouteParameters().get("campaign").orElse("");
    try {
      id = UUID.fromString(text);
    } catch (IllegalArgumentException e) {
      throw FederationFault.notFound("campaign", text);
    }
    shown = null;
    mayChange = campaigns.mayChange(campaigns.find(id, caller()).campaign(), caller());
    refresh();
  }

  private void refresh() {
    if (id == null) {
      return;
    }
    Seen now =
        new Seen(
            campaigns.find(id, caller()),
            campaigns.stacks(id, state.getOptionalValue(), Optional.empty(), limit, caller()));
    if (now.equals(shown)) {
      return;
    }
    boolean first = shown == null;
    boolean same =
        !first
            && shown.view().campaign().equals(now.view().campaign())
            && shown.view().counts().equals(now.view().counts());
    shown = now;
    Campaign campaign = now.view().campaign();
    if (!same) {
      setPageTitle(campaign.name());
      setBeside(words.status(campaign.status()));
      setSentence(getTranslation("campaign.sentence." + campaign.status()));
      setActions(actions(now.view()).toArray(Component[]::new));
      facts.removeAll();
      facts.add(facts(now.view()));
    }
    if (first) {
      content.removeAll();
      content.add(new H2(getTranslation("campaign.stacks")), state, table, more);
    }
    table.setRows(now.stacks().stacks());
    more.setVisible(now.stacks().next().isPresent() && limit < CampaignService.MOST);
  }

  private List<Component> actions(CampaignView view) {
    Campaign campaign = view.campaign();
    Campaign.Status status = campaign.status();
    List<Component> actions = new ArrayList<>();
    actions.add(report());
    if (!mayChange) {
      return actions;
    }
    if (status.isDraft()) {
      actions.add(button("campaign.remove", this::remove));
    }
    if (status == Campaign.Status.READY) {
      actions.add(button("campaign.preview-again", () -> act(campaigns::previewAgain)));
    }
    if (RUNS.contains(status)) {
      actions.add(button("campaign.pause", () -> act(campaigns::pause)));
    }
    boolean draftOrOver = status.isDraft() || THROUGH.contains(status);
    if (RUNS.contains(status) || STANDS.contains(status)) {
      actions.add(harmful("campaign.end", campaigns::end));
    }
    if (view.failures() > 0 && (STANDS.contains(status) || THROUGH.contains(status))) {
      actions.add(harmful("campaign.roll-back-failed", campaigns::rollBackFailed));
    }
    if (campaign.hasBegun()
        && (THROUGH.contains(status) || STANDS.contains(status) || RUNS.contains(status))) {
      actions.add(harmful("campaign.take-back", campaigns::takeBack));
    }
    if (STANDS.contains(status) && !draftOrOver) {
      Button resume =
          button(
              status == Campaign.Status.WAITING ? "campaign.next-wave" : "campaign.resume",
              () -> act(campaigns::resume));
      resume.addThemeVariants(ButtonVariant.LUMO_PRIMARY);
      actions.add(resume);
    }
    if (status == Campaign.Status.READY && view.concerned() > 0) {
      Button start = harmful("campaign.start", campaigns::start);
      start.addThemeVariants(ButtonVariant.LUMO_PRIMARY);
      actions.add(start);
    }
    return actions;
  }

  private Component report() {
    Locale locale = Reader.locale();
    Caller reader = caller();
    return CsvLink.ofFile(
        getTranslation("campaign.report"),
        "campaign-" + id,
        () -> CampaignCsv.write(campaigns.report(id, reader), Instant.now(), locale));
  }

  private Button button(String key, Runnable act) {
    return new Button(getTranslation(key), click -> act.run());
  }

  /** One that asks first, since stacks are changed. */
  private Button harmful(String key, BiConsumer<UUID, Caller> what) {
    Button button =
        button(
            key,
            () -> {
              ConfirmDialog ask = new ConfirmDialog();
              ask.setHeader(getTranslation(key + "-ask", shown.view().campaign().name()));
              ask.setText(getTranslation(key + "-words", shown.view().concerned()));
              ask.setCancelable(true);
              ask.setCancelText(getTranslation("shell.cancel"));
              ask.setConfirmText(getTranslation(key));
              ask.addConfirmListener(confirmed -> act(what));
              ask.open();
            });
    button.addThemeVariants(ButtonVariant.LUMO_ERROR);
    return button;
  }

  private void remove() {
    try {
      campaigns.remove(id, caller());
      getUI().ifPresent(ui -> ui.navigate(CampaignsView.ADDRESS));
    } catch (FederationFault fault) {
      notices.removeAll();
      notices.add(Notice.of(fault));
    }
  }

  private void act(BiConsumer<UUID, Caller> what) {
    notices.removeAll();
    try {
      what.accept(id, caller());
    } catch (FederationFault fault) {
      notices.add(Notice.of(fault));
    }
    refresh();
  }

  private Component facts(CampaignView view) {
    Campaign campaign = view.campaign();
    Div all = new Div();
    all.addClassName("stack");
    campaign
        .why()
        .ifPresent(
            why ->
                all.add(
                    new Notice(
                        campaign.status() == Campaign.Status.HALTED ? Mark.FAILED : Mark.DEGRADED,
                        "",
                        new Paragraph(why.in(Reader.locale())))));
    Facts told =
        new Facts()
            .fact(getTranslation("campaigns.change"), campaign.change().words().in(Reader.locale()))
            .fact(getTranslation("campaigns.reason"), campaign.reason())
            .fact(getTranslation("campaign.scope"), scope(campaign.scope()))
            .fact(getTranslation("campaign.pace"), words.pace(campaign.pace()))
            .fact(getTranslation("campaign.progress"), words.counts(view))
            .fact(getTranslation("campaign.author"), campaign.author().name());
    campaign
        .pace()
        .begins()
        .ifPresent(
            at ->
                told.fact(
                    getTranslation("campaign.begins"),
                    new Div(
                        Moment.absolute(at),
                        new Span(
                            " · "
                                + campaign.pace().at().orElseThrow()
                                + " "
                                + campaign.pace().zone().orElseThrow()))));
    campaign
        .restsUntil()
        .ifPresent(at -> told.fact(getTranslation("campaign.rests"), Moment.absolute(at)));
    campaign
        .startedAt()
        .ifPresent(at -> told.fact(getTranslation("campaign.started"), Moment.absolute(at)));
    campaign
        .endedAt()
        .ifPresent(at -> told.fact(getTranslation("campaign.ended"), Moment.absolute(at)));
    all.add(told);
    if (campaign.status() != Campaign.Status.PREVIEWING) {
      all.add(totals(campaigns.totals(id, caller()), view));
    }
    return all;
  }

  private Component totals(CampaignTotals totals, CampaignView view) {
    if (view.concerned() == 0) {
      return new EmptyState(
          getTranslation("campaign.nobody"), getTranslation("campaign.nobody-words"));
    }
    String money =
        totals.monthly().values().stream().allMatch(sum -> sum.signum() == 0)
            ? getTranslation(totals.whole() ? "update.cost-same" : "update.cost-not-known")
            : getTranslation("campaign.cost-monthly", Reader.formats().money(totals.monthly()));
    return new Paragraph(
        getTranslation(
                "campaign.totals",
                view.concerned(),
                totals.count(ResourceChange.Kind.UPDATED),
                totals.count(ResourceChange.Kind.REPLACED),
                totals.count(ResourceChange.Kind.MOVED),
                totals.count(ResourceChange.Kind.ADDED),
                totals.count(ResourceChange.Kind.REMOVED),
                totals.interrupted())
            + " "
            + money);
  }

  private String scope(CampaignScope scope) {
    List<String> told = new ArrayList<>();
    told.add(
        scope.federation()
            ? getTranslation("campaign.scope-federation")
            : scope.projects().stream().map(ProjectId::toString).collect(Collectors.joining(", ")));
    if (!scope.names().isEmpty()) {
      told.add(scope.names().stream().map(Glob::text).collect(Collectors.joining(", ")));
    }
    if (!scope.clouds().isEmpty()) {
      told.add(scope.clouds().stream().map(CloudId::text).collect(Collectors.joining(", ")));
    }
    return String.join(" · ", told);
  }

  /** What becomes of its resources, folded. */
  private Component becomes(CampaignStack one) {
    if (one.preview().isEmpty()) {
      return new Span();
    }
    StackPreview preview = one.preview().get();
    UnorderedList list = new UnorderedList();
    for (ResourceChange change : preview.changes()) {
      String interruption =
          change.interruption().map(what -> " — " + what.in(Reader.locale())).orElse("");
      list.add(
          new ListItem(
              getTranslation("update.kind." + change.kind())
                  + " · "
                  + change.resource()
                  + interruption));
    }
    return preview.changes().isEmpty()
        ? new Span(getTranslation("update.nothing"))
        : new Div(
            new NativeDetails(new Span(updates.counts(preview.changes())), list),
            new Span(updates.cost(preview.cost())));
  }

  private Component when(CampaignStack one) {
    Div cell = new Div();
    one.begunAt().ifPresent(at -> cell.add(Moment.time(at)));
    if (one.endedAt().isPresent()) {
      cell.add(new Span(" · " + Reader.formats().duration(one.took(Instant.now()).orElseThrow())));
    }
    one.nextTry()
        .ifPresent(
            at -> cell.add(new Span(getTranslation("campaign.next-try") + " "), Moment.until(at)));
    return cell;
  }
}
