package io.isthmus.ui.insurance;

import com.vaadin.cdi.annotation.RouteScoped;
import com.vaadin.flow.component.Component;
import com.vaadin.flow.component.button.Button;
import com.vaadin.flow.component.html.Anchor;
import com.vaadin.flow.component.html.Div;
import com.vaadin.flow.component.html.H2;
import com.vaadin.flow.component.html.NativeDetails;
import com.vaadin.flow.component.html.Paragraph;
import com.vaadin.flow.component.html.Span;
import com.vaadin.flow.router.BeforeEnterEvent;
import com.vaadin.flow.router.Route;
import io.isthmus.domain.access.Caller;
import io.isthmus.domain.access.Callers;
import io.isthmus.domain.access.ProjectId;
import io.isthmus.domain.cloud.CloudId;
import io.isthmus.domain.cloud.CloudService;
import io.isthmus.domain.fault.FederationFault;
import io.isthmus.domain.insurance.Insurance;
import io.isthmus.domain.insurance.InsurancePage;
import io.isthmus.domain.insurance.InsuranceService;
import io.isthmus.domain.insurance.InsuredStack;
import io.isthmus.ui.drain.DrainPage;
import io.isthmus.ui.element.Clouds;
import io.isthmus.ui.element.EmptyState;
import io.isthmus.ui.element.Moment;
import io.isthmus.ui.element.Reader;
import io.isthmus.ui.element.Table;
import io.isthmus.ui.shell.CurrentProject;
import io.isthmus.ui.shell.MainLayout;
import io.isthmus.ui.shell.ProjectPage;
import jakarta.inject.Inject;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** What would be if one cloud vanished, stack by stack, as it was counted last. */
@RouteScoped
@Route(value = InsuranceView.ROUTE + "/:cloud", layout = MainLayout.class)
public class InsuranceView extends ProjectPage {

  static final String ROUTE = "insurance";

  private static final long serialVersionUID = 1L;
  private static final int AT_ONCE = 50;

  private final transient InsuranceService insurance;
  private final transient CloudService cloudService;
  private final transient LossWords words = new LossWords(this);
  private final Div state = new Div();
  private final Div content = new Div();
  private final Button more = new Button(getTranslation("insurance.more"));
  private final transient Table<InsuredStack> table;
  private final transient List<InsuredStack> shown = new ArrayList<>();
  private transient CloudId cloud;
  private transient Clouds clouds = new Clouds(List.of());
  private transient Optional<String> next = Optional.empty();

  /** Where a cloud's page is. */
  static String address(CloudId cloud) {
    return "/" + ROUTE + "/" + cloud;
  }

  @Inject
  InsuranceView(
      Callers callers, CurrentProject current, InsuranceService insurance, CloudService clouds) {
    super(callers, current);
    this.insurance = insurance;
    this.cloudService = clouds;
    setBreadcrumb(new Anchor("/", getTranslation("overview.title")));
    more.addClickListener(click -> go());
    state.addClassName("stack");
    content.addClassName("stack");
    table =
        new Table<InsuredStack>(getTranslation("insurance.stacks"), InsuredStack::stack)
            .text(getTranslation("insurance.project"), one -> one.project().toString())
            .column(getTranslation("insurance.stack"), InsuranceView::stack)
            .column(getTranslation("insurance.outcome"), this::outcome)
            .column(getTranslation("insurance.counted"), this::age)
            .named()
            .live();
    setContent(state, content);
  }

  @Override
  protected boolean isOpenWithoutProject(Caller reader) {
    return reader.isFederationAuditor();
  }

  @Override
  protected void enter(BeforeEnterEvent event) {
    String text = event.getRouteParameters().get("cloud").orElse("");
    try {
      cloud = new CloudId(text);
    } catch (IllegalArgumentException e) {
      throw FederationFault.notFound("cloud", text);
    }
    clouds =
        caller().isFederationAdmin()
            ? DrainPage.clouds(cloudService, caller())
            : new Clouds(
                projectIfAny().map(own -> cloudService.list(caller(), own)).orElse(List.of()));
    shown.clear();
    next = Optional.empty();
    InsurancePage page = page();
    setPageTitle(getTranslation("insurance.of-cloud", cloud.text()));
    setBeside(clouds.chip(cloud), InsurancePanel.answer(this, page.insurance()));
    setSentence(sentence(page.insurance()));
    state.removeAll();
    state.add(InsurancePanel.age(this, page.insurance()));
    content.removeAll();
    if (page.stacks().isEmpty()) {
      content.add(
          new EmptyState(
              getTranslation("insurance.empty"), getTranslation("insurance.empty-words")));
    } else {
      content.add(
          new H2(getTranslation("insurance.stacks")),
          new Paragraph(getTranslation("insurance.order")),
          table,
          more);
      add(page);
    }
  }

  /** Who sees the whole federation sees all stacks; others those of their project. */
  private Optional<ProjectId> scope() {
    return caller().isFederationAuditor() ? Optional.empty() : Optional.of(project());
  }

  private InsurancePage page() {
    return insurance.page(cloud, scope(), Optional.empty(), next, AT_ONCE, caller());
  }

  private void go() {
    add(page());
  }

  private void add(InsurancePage page) {
    shown.addAll(page.stacks());
    next = page.next();
    table.setRows(List.copyOf(shown));
    more.setVisible(next.isPresent());
  }

  private String sentence(Insurance one) {
    String told =
        getTranslation("insurance.sentence", one.stacks()) + " " + words.counts(one.counts()) + ".";
    return one.unknown() == 0
        ? told
        : told + " " + getTranslation("insurance.unknown", one.unknown());
  }

  private static Component stack(InsuredStack one) {
    return new Anchor("/stacks/" + one.stack() + "/rehearsals", one.name());
  }

  private Component outcome(InsuredStack one) {
    Div cell = new Div();
    one.problem().ifPresent(why -> cell.add(new Paragraph(why.in(Reader.locale()))));
    if (!one.resources().isEmpty()) {
      Div all = new Div(words.table(one.resources(), clouds));
      if (one.more() > 0) {
        all.add(new Paragraph(getTranslation("insurance.more-resources", one.more())));
      }
      cell.add(new NativeDetails(new Span(words.counts(one.counts())), all));
    }
    return cell;
  }

  private Component age(InsuredStack one) {
    Div cell = new Div(Moment.ago(one.countedAt()));
    if (one.changed()) {
      Div changed = new Div(new Span(getTranslation("insurance.changed")));
      changed.addClassNames("quiet", "small");
      cell.add(changed);
    }
    return cell;
  }
}
