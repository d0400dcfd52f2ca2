package io.isthmus.ui.inventory;

import com.vaadin.cdi.annotation.RouteScoped;
import com.vaadin.flow.component.html.Anchor;
import com.vaadin.flow.component.html.Div;
import com.vaadin.flow.component.html.H2;
import com.vaadin.flow.component.html.Paragraph;
import com.vaadin.flow.component.html.Span;
import com.vaadin.flow.router.BeforeEnterEvent;
import com.vaadin.flow.router.QueryParameters;
import com.vaadin.flow.router.Route;
import io.isthmus.domain.access.Callers;
import io.isthmus.domain.cloud.CloudId;
import io.isthmus.domain.cloud.CloudService;
import io.isthmus.domain.cloud.Mirrored;
import io.isthmus.domain.fault.FaultCode;
import io.isthmus.domain.fault.FederationFault;
import io.isthmus.domain.json.Json;
import io.isthmus.domain.mirror.Mirror;
import io.isthmus.domain.mirror.MirrorItem;
import io.isthmus.domain.mirror.MirrorKind;
import io.isthmus.domain.mirror.MirroredItem;
import io.isthmus.ui.element.Clouds;
import io.isthmus.ui.element.Copyable;
import io.isthmus.ui.element.Facts;
import io.isthmus.ui.element.Moment;
import io.isthmus.ui.element.Notice;
import io.isthmus.ui.element.PageTabs;
import io.isthmus.ui.element.Snippet;
import io.isthmus.ui.shell.CurrentProject;
import io.isthmus.ui.shell.LiveUpdates;
import io.isthmus.ui.shell.MainLayout;
import io.isthmus.ui.shell.ProjectPage;
import io.isthmus.ui.widget.Mark;
import jakarta.inject.Inject;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** One resource in a cloud, with all that the cloud tells of it. */
@RouteScoped
@Route(value = InventoryItemView.ADDRESS, layout = MainLayout.class)
public class InventoryItemView extends ProjectPage {

  static final String ADDRESS = "inventory-resource";

  private static final long serialVersionUID = 1L;

  private final transient CloudService cloudService;
  private final transient Mirror mirror;

  private transient CloudId cloud;
  private transient String region;
  private transient MirrorKind kind;
  private transient String id;
  private transient Clouds clouds = new Clouds(List.of());
  private transient Optional<MirroredItem> shown = Optional.empty();
  private boolean gone;

  @Inject
  InventoryItemView(
      Callers callers,
      CurrentProject current,
      CloudService clouds,
      Mirror mirror,
      LiveUpdates live) {
    super(callers, current);
    this.cloudService = clouds;
    this.mirror = mirror;
    follow(live, this::refresh);
  }

  /** As a link has it. */
  static String address(MirroredItem item) {
    return "/"
        + ADDRESS
        + "?"
        + QueryParameters.simple(
                Map.of(
                    "kind",
                    item.kind().text(),
                    "cloud",
                    item.cloud().text(),
                    "region",
                    item.region(),
                    "id",
                    item.item().id()))
            .getQueryString();
  }

  @Override
  protected void enter(BeforeEnterEvent event) {
    QueryParameters query = event.getLocation().getQueryParameters();
    id = query.getSingleParameter("id").orElse("");
    region = query.getSingleParameter("region").orElse("");
    kind =
        query
            .getSingleParameter("kind")
            .flatMap(word -> PageTabs.find(MirrorKind.class, word))
            .orElseThrow(() -> FederationFault.notFound("resource", id));
    try {
      cloud = new CloudId(query.getSingleParameter("cloud").orElse(""));
    } catch (IllegalArgumentException e) {
      throw FederationFault.notFound("resource", id);
    }
    clouds = new Clouds(cloudService.list(caller(), project()));
    gone = false;
    setBreadcrumb(
        new Anchor("/" + InventoryView.ADDRESS, getTranslation("inventory.title")),
        new Anchor(
            "/" + InventoryView.ADDRESS + "/" + PageTabs.word(kind),
            getTranslation("inventory.kind." + kind.text())));
    shown = Optional.empty();
    show(find());
  }

  private MirroredItem find() {
    return mirror.find(project(), cloud, region, kind, id, caller());
  }

  private void refresh() {
    if (gone || cloud == null) {
      return;
    }
    try {
      show(find());
    } catch (FederationFault fault) {
      if (fault.code() != FaultCode.NOT_FOUND) {
        throw fault;
      }
      gone = true;
      setContent(
          new Notice(
              Mark.UNKNOWN,
              getTranslation("inventory.gone"),
              new Paragraph(getTranslation("inventory.gone-words"))));
    }
  }

  private void show(MirroredItem found) {
    if (shown.filter(found::equals).isPresent()) {
      return;
    }
    shown = Optional.of(found);
    MirrorItem item = found.item();
    setPageTitle(item.name().isEmpty() ? item.id() : item.name());
    Div age = new Div();
    age.addClassNames("quiet", "small");
    found.readAt().ifPresent(at -> age.add(getTranslation("inventory.as-of") + " "));
    found.readAt().ifPresent(at -> age.add(Moment.ago(at)));
    setBeside(clouds.chip(cloud));
    Facts facts =
        new Facts()
            .fact(getTranslation("inventory.id"), new Copyable(item.id()))
            .fact(getTranslation("inventory.region"), region);
    item.status()
        .ifPresent(
            status ->
                facts.fact(getTranslation("inventory.status"), InventoryColumns.state(status)));
    if (!item.addresses().isEmpty()) {
      facts.fact(
          getTranslation("inventory.addresses"),
          item.addresses().stream().map(Copyable::new).toArray(Copyable[]::new));
    }
    found
        .part()
        .ifPresent(
            part ->
                facts.fact(
                    getTranslation("inventory.stack"),
                    new Anchor("/stacks/" + part.stack(), part.stackName()),
                    new Span(part.resource().map(path -> " " + path).orElse(""))));
    item.created()
        .ifPresent(at -> facts.fact(getTranslation("inventory.created"), Moment.absolute(at)));
    item.updated()
        .ifPresent(at -> facts.fact(getTranslation("inventory.updated"), Moment.absolute(at)));
    if (found.kept() == Mirrored.NAMES) {
      setContent(
          age,
          facts,
          new Paragraph(getTranslation("inventory.names-only", cloud + " / " + region)));
    } else {
      setContent(
          age,
          facts,
          new H2(getTranslation("inventory.details")),
          new Snippet(Json.pretty(item.details()), getTranslation("inventory.copy-details")));
    }
  }
}
