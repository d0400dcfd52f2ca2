package io.isthmus.ui.campaign;

import com.vaadin.cdi.annotation.RouteScoped;
import com.vaadin.flow.component.Component;
import com.vaadin.flow.component.button.Button;
import com.vaadin.flow.component.button.ButtonVariant;
import com.vaadin.flow.component.html.Anchor;
import com.vaadin.flow.component.html.Div;
import com.vaadin.flow.component.html.Span;
import com.vaadin.flow.router.BeforeEnterEvent;
import com.vaadin.flow.router.Route;
import io.isthmus.domain.access.Caller;
import io.isthmus.domain.access.Callers;
import io.isthmus.domain.campaign.Campaign;
import io.isthmus.domain.campaign.CampaignPage;
import io.isthmus.domain.campaign.CampaignService;
import io.isthmus.domain.campaign.CampaignView;
import io.isthmus.ui.element.EmptyState;
import io.isthmus.ui.element.Moment;
import io.isthmus.ui.element.Reader;
import io.isthmus.ui.element.Table;
import io.isthmus.ui.list.FilterSelect;
import io.isthmus.ui.shell.CurrentProject;
import io.isthmus.ui.shell.LiveUpdates;
import io.isthmus.ui.shell.MainLayout;
import io.isthmus.ui.shell.ProjectPage;
import jakarta.inject.Inject;
import java.util.List;
import java.util.Optional;

/** Every campaign that the reader sees, the newest first. */
@RouteScoped
@Route(value = CampaignsView.ADDRESS, layout = MainLayout.class)
public class CampaignsView extends ProjectPage {

  static final String ADDRESS = "campaigns";

  private static final long serialVersionUID = 1L;
  private static final int PAGE = 50;

  private final transient CampaignService campaigns;
  private final transient CampaignWords words = new CampaignWords(this);
  private final Div content = new Div();
  private final FilterSelect<Campaign.Status> status;
  private final Button more = new Button(getTranslation("campaigns.more"));
  private final transient Table<CampaignView> table;
  private transient CampaignPage shown;
  private int limit = PAGE;

  @Inject
  CampaignsView(
      Callers callers, CurrentProject current, CampaignService campaigns, LiveUpdates live) {
    super(callers, current);
    this.campaigns = campaigns;
    follow(live, this::refresh);
    setPageTitle(getTranslation("campaigns.title"));
    setSentence(getTranslation("campaigns.sentence"));
    status =
        new FilterSelect<>(
            getTranslation("campaigns.status"),
            List.of(Campaign.Status.values()),
            one -> getTranslation("campaign.status." + one));
    status.addValueChangeListener(change -> refresh());
    more.addClickListener(
        click -> {
          limit = Math.min(CampaignService.MOST, limit + PAGE);
          refresh();
        });
    table =
        new Table<CampaignView>(getTranslation("campaigns.title"), view -> view.campaign().id())
            .column(
                getTranslation("campaigns.name"),
                view ->
                    new Anchor("/" + ADDRESS + "/" + view.campaign().id(), view.campaign().name()))
            .column(
                getTranslation("campaigns.status"), view -> words.status(view.campaign().status()))
            .text(
                getTranslation("campaigns.change"),
                view -> view.campaign().change().words().in(Reader.locale()))
            .number(
                getTranslation("campaigns.concerned"),
                view -> Reader.formats().number(view.concerned()))
            .text(getTranslation("campaigns.progress"), words::counts)
            .column(getTranslation("campaigns.created"), CampaignsView::created)
            .named();
    content.addClassName("stack");
    setContent(content);
  }

  private static Component created(CampaignView view) {
    Span by = new Span(" · " + view.campaign().createdBy());
    by.addClassName("quiet");
    return new Div(Moment.compact(view.campaign().createdAt()), by);
  }

  @Override
  protected boolean isOpenWithoutProject(Caller reader) {
    return reader.isFederationAuditor();
  }

  @Override
  protected void enter(BeforeEnterEvent event) {
    setActions(beginning());
    shown = null;
    refresh();
  }

  private Button beginning() {
    Button begin =
        new Button(
            getTranslation("campaigns.new"),
            click -> getUI().ifPresent(ui -> ui.navigate(NewCampaignView.ROUTE)));
    begin.addThemeVariants(ButtonVariant.LUMO_PRIMARY);
    return begin;
  }

  private void refresh() {
    CampaignPage now = campaigns.list(status.getOptionalValue(), Optional.empty(), limit, caller());
    if (now.equals(shown)) {
      return;
    }
    shown = now;
    content.removeAll();
    if (now.campaigns().isEmpty() && status.isEmpty()) {
      content.add(
          new EmptyState(
              getTranslation("campaigns.empty"), getTranslation("campaigns.empty-words")));
      return;
    }
    content.add(status, table, more);
    table.setRows(now.campaigns());
    more.setVisible(now.next().isPresent() && limit < CampaignService.MOST);
  }
}
