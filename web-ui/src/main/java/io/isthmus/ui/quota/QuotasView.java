package io.isthmus.ui.quota;

import com.vaadin.cdi.annotation.RouteScoped;
import com.vaadin.flow.component.Component;
import com.vaadin.flow.component.html.Div;
import com.vaadin.flow.component.html.H2;
import com.vaadin.flow.component.html.Paragraph;
import com.vaadin.flow.component.html.Span;
import com.vaadin.flow.router.BeforeEnterEvent;
import com.vaadin.flow.router.Route;
import io.isthmus.domain.access.Callers;
import io.isthmus.domain.cloud.Allowance;
import io.isthmus.domain.cloud.CloudInventory;
import io.isthmus.domain.cloud.CloudService;
import io.isthmus.domain.cloud.CloudView;
import io.isthmus.domain.cloud.Extent;
import io.isthmus.domain.cloud.Limit;
import io.isthmus.domain.cloud.LimitKind;
import io.isthmus.domain.cloud.RegionInventory;
import io.isthmus.domain.quota.QuotaService;
import io.isthmus.ui.element.Clouds;
import io.isthmus.ui.element.Countries;
import io.isthmus.ui.element.EmptyState;
import io.isthmus.ui.element.Moment;
import io.isthmus.ui.shell.CurrentProject;
import io.isthmus.ui.shell.LiveUpdates;
import io.isthmus.ui.shell.MainLayout;
import io.isthmus.ui.shell.ProjectPage;
import jakarta.inject.Inject;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;

/** What the federation and each cloud let the project have, and what it has. */
@RouteScoped
@Route(value = QuotasView.ADDRESS, layout = MainLayout.class)
public class QuotasView extends ProjectPage {

  static final String ADDRESS = "quotas";

  private static final long serialVersionUID = 1L;

  /** What Horizon shows, and what people run out of. */
  private static final List<LimitKind> SHOWN =
      List.of(
          LimitKind.INSTANCES,
          LimitKind.VCPUS,
          LimitKind.RAM_MIB,
          LimitKind.VOLUMES,
          LimitKind.VOLUME_GIB,
          LimitKind.FLOATING_IPS,
          LimitKind.NETWORKS);

  private final transient QuotaService quotas;
  private final transient CloudService clouds;
  private final Div body = new Div();

  @Inject
  QuotasView(
      Callers callers,
      CurrentProject current,
      QuotaService quotas,
      CloudService clouds,
      LiveUpdates live) {
    super(callers, current);
    this.quotas = quotas;
    this.clouds = clouds;
    body.addClassName("stack-wide");
    // Nothing on the page can be clicked: so that the keyboard scrolls it.
    body.getElement().setAttribute("tabindex", "0");
    body.getElement().setAttribute("role", "region");
    body.getElement().setAttribute("aria-label", getTranslation("quotas.title"));
    follow(live, this::draw);
    setPageTitle(getTranslation("quotas.title"));
    setSentence(getTranslation("quotas.sentence"));
    setContent(body);
  }

  @Override
  protected void enter(BeforeEnterEvent event) {
    draw();
  }

  private void draw() {
    List<Component> sections = new ArrayList<>();
    for (Allowance allowance : ownFirst(quotas.of(project(), caller()))) {
      sections.add(
          section(
              new H2(name(allowance)),
              allowance.limits(),
              List.copyOf(allowance.limits().keySet())));
    }
    if (sections.isEmpty()) {
      sections.add(new Paragraph(getTranslation("quotas.none-of-federation")));
    }
    List<CloudView> all = clouds.list(caller(), project());
    Clouds drawn = new Clouds(all);
    int before = sections.size();
    for (CloudView cloud : all) {
      cloud
          .inventory()
          .ifPresent(
              inventory ->
                  inventory
                      .regions()
                      .forEach(region -> sections.add(region(cloud, inventory, region, drawn))));
    }
    if (sections.size() == before) {
      sections.add(
          new EmptyState(
              getTranslation("quotas.no-cloud"), getTranslation("quotas.no-cloud-words")));
    }
    body.removeAll();
    sections.forEach(body::add);
  }

  private static List<Allowance> ownFirst(List<Allowance> allowances) {
    return allowances.stream().sorted(Comparator.comparing(Allowance::of)).toList();
  }

  private Component region(
      CloudView cloud, CloudInventory inventory, RegionInventory region, Clouds drawn) {
    Span read =
        new Span(new Span(getTranslation("limits.read") + " "), Moment.ago(inventory.takenAt()));
    read.addClassName("age");
    Div head = new Div(drawn.chip(cloud.id()), new H2(region.region()), read);
    head.addClassName("row");
    return section(head, region.limits(), SHOWN);
  }

  private static Component section(
      Component head, Map<LimitKind, Limit> limits, List<LimitKind> shown) {
    Div rings = new Div();
    rings.addClassName("rings");
    for (LimitKind kind : LimitKind.values()) {
      if (shown.contains(kind) && limits.containsKey(kind)) {
        rings.add(new Ring(kind, limits.get(kind)));
      }
    }
    Div section = new Div(head, rings);
    section.addClassName("stack");
    return section;
  }

  private String name(Allowance allowance) {
    String whose = "quotas." + allowance.of();
    Extent extent = allowance.extent();
    if (extent instanceof Extent.OfCloud of) {
      return getTranslation(whose + "-in", of.cloud().text());
    }
    if (extent instanceof Extent.OfOperator of) {
      return getTranslation(whose + "-of-operator", of.operator());
    }
    if (extent instanceof Extent.OfJurisdiction of) {
      return getTranslation(whose + "-in", Countries.name(of.jurisdiction()));
    }
    return getTranslation(whose + "-everywhere");
  }
}
