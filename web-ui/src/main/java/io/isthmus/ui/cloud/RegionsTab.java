package io.isthmus.ui.cloud;

import com.vaadin.flow.component.Component;
import com.vaadin.flow.component.html.Div;
import com.vaadin.flow.component.html.H2;
import com.vaadin.flow.component.html.NativeDetails;
import com.vaadin.flow.component.html.Span;
import io.isthmus.domain.cloud.CloudHealth;
import io.isthmus.domain.cloud.RegionInventory;
import io.isthmus.domain.cloud.Service;
import io.isthmus.ui.element.Copyable;
import io.isthmus.ui.element.Countries;
import io.isthmus.ui.element.Facts;
import io.isthmus.ui.element.StateBadge;
import io.isthmus.ui.element.Table;
import io.isthmus.ui.widget.Mark;
import java.util.Comparator;
import java.util.List;
import java.util.TreeSet;

/** Region by region: zones, and the services with what they answer. */
class RegionsTab extends CloudTab {

  private static final long serialVersionUID = 1L;
  private transient List<RegionInventory> shown = List.of();
  private boolean dark;

  @Override
  void show(CloudState state) {
    boolean darkNow = state.details().health().state() == CloudHealth.State.UNREACHABLE;
    if (state.regions().equals(shown) && dark == darkNow && getComponentCount() > 0) {
      return;
    }
    shown = state.regions();
    dark = darkNow;
    removeAll();
    if (shown.isEmpty()) {
      add(new NothingRead());
    }
    shown.forEach(region -> add(region(region, state)));
  }

  private Component region(RegionInventory region, CloudState state) {
    Facts facts =
        new Facts()
            .fact(
                getTranslation("region.country"),
                state
                    .cloud()
                    .facts()
                    .of(region.region())
                    .country()
                    .map(Countries::name)
                    .orElse(getTranslation("facts.unknown")))
            .fact(getTranslation("region.zones"), names(region.zones()))
            .fact(getTranslation("region.volume-zones"), names(region.volumeZones()))
            .fact(getTranslation("region.volume-types"), names(region.volumeTypes()));
    Table<Service> services =
        new Table<Service>(getTranslation("region.services"), Service::type)
            .text(getTranslation("region.service"), Service::type)
            .text(
                getTranslation("region.version"),
                service -> service.version().orElse(getTranslation("facts.unknown")))
            .column(getTranslation("region.endpoint"), service -> new Copyable(service.endpoint()))
            .column(getTranslation("region.answer"), this::answer);
    services.setRows(
        region.services().values().stream().sorted(Comparator.comparing(Service::type)).toList());
    Div extensions = new Div(String.join(", ", new TreeSet<>(region.networkExtensions())));
    extensions.addClassNames("mono", "small");
    Div section =
        new Div(
            new H2(region.region()),
            facts,
            services,
            new NativeDetails(
                getTranslation("region.extensions", region.networkExtensions().size()),
                extensions));
    section.addClassName("stack");
    return section;
  }

  private String names(List<String> names) {
    return names.isEmpty() ? getTranslation("region.none") : String.join(", ", names);
  }

  private Component answer(Service service) {
    if (service.problem().isEmpty() && dark) {
      return new StateBadge(Mark.UNKNOWN, getTranslation("region.answered"));
    }
    if (service.problem().isEmpty()) {
      return new StateBadge(Mark.COMPLETE, getTranslation("region.answers"));
    }
    Span words = new Span(service.problem().get().in(getLocale()));
    words.addClassNames("quiet", "small");
    return new Div(
        new StateBadge(Mark.FAILED, getTranslation("region.silent")), new Span(" "), words);
  }
}
