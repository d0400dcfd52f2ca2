package io.isthmus.ui.cloud;

import com.vaadin.flow.component.Component;
import com.vaadin.flow.component.html.Div;
import com.vaadin.flow.component.html.H2;
import com.vaadin.flow.component.html.Span;
import io.isthmus.domain.cloud.Certification;
import io.isthmus.domain.cloud.Cloud;
import io.isthmus.domain.cloud.CloudFacts;
import io.isthmus.domain.cloud.Coordinates;
import io.isthmus.domain.cloud.Latency;
import io.isthmus.domain.cloud.Operator;
import io.isthmus.domain.cloud.RegionFacts;
import io.isthmus.ui.element.CloudSites;
import io.isthmus.ui.element.Copyable;
import io.isthmus.ui.element.Countries;
import io.isthmus.ui.element.Facts;
import io.isthmus.ui.element.Notice;
import io.isthmus.ui.element.Reader;
import io.isthmus.ui.element.StateBadge;
import io.isthmus.ui.widget.Mark;
import io.isthmus.ui.widget.SiteMap;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.time.format.FormatStyle;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/** What is known of the cloud and its operator, and where it lies. */
class CloudOverviewTab extends CloudTab {

  private static final long serialVersionUID = 1L;

  private final SiteMap map = new SiteMap();
  private final Div frame = new Div(map);
  private final Div facts = new Div();
  private final Div notices = new Div();
  private transient Optional<Cloud> shown = Optional.empty();

  CloudOverviewTab() {
    map.setTexts(CloudSites.texts(this));
    map.setSizeFull();
    frame.addClassNames("map-frame", "after-list");
    facts.addClassNames("stack-wide", "aligned-facts");
    Div split = new Div(facts, frame);
    split.addClassName("split");
    add(notices, split);
  }

  @Override
  void show(CloudState state) {
    map.setSites(
        CloudSites.of(
            List.of(state.view()),
            Map.of(),
            (cloud, regions, count) -> cloud.name() + ": " + String.join(", ", regions),
            (cloud, regions) -> false));
    notices.removeAll();
    state
        .details()
        .health()
        .reason()
        .ifPresent(
            reason ->
                notices.add(
                    new Notice(
                        Mark.DEGRADED,
                        getTranslation("clouds.not-well"),
                        new Span(reason.in(getLocale())))));
    notices.setVisible(notices.getComponentCount() > 0);
    if (shown.filter(state.cloud()::equals).isEmpty()) {
      shown = Optional.of(state.cloud());
      showFacts(state.cloud());
    }
  }

  private void showFacts(Cloud cloud) {
    CloudFacts known = cloud.facts();
    Operator operator = known.operator();
    facts.removeAll();
    facts.add(
        new H2(getTranslation("facts.operator")),
        new Facts()
            .fact(getTranslation("facts.operator-name"), operator.name())
            .fact(getTranslation("facts.operator-id"), new Copyable(operator.id()))
            .fact(getTranslation("facts.seat"), known(operator.seat().map(Countries::name)))
            .fact(
                getTranslation("facts.exposed-to"),
                known(
                    operator
                        .exposedTo()
                        .map(
                            codes ->
                                codes.isEmpty()
                                    ? getTranslation("facts.exposed-to-none")
                                    : Countries.names(codes)))),
        new H2(getTranslation("facts.place")),
        place(known),
        new H2(getTranslation("facts.certifications")),
        certifications(known),
        new H2(getTranslation("facts.connection")),
        new Facts()
            .fact(getTranslation("facts.id"), new Copyable(cloud.id().text()))
            .fact(getTranslation("facts.keystone"), new Copyable(cloud.authUrl().toString()))
            .fact(getTranslation("facts.interface"), cloud.endpointInterface())
            .fact(
                getTranslation("facts.authorities"),
                getTranslation(
                    cloud.caCertificates().isPresent()
                        ? "facts.authorities-own"
                        : "facts.authorities-system")));
  }

  private Component place(CloudFacts known) {
    Facts list = new Facts();
    list.fact(getTranslation("facts.whole-cloud"), place(known.base()));
    new TreeMap<>(known.regions()).forEach((region, there) -> list.fact(region, place(there)));
    return list;
  }

  /** Where it lies, and how far from others. */
  private Component place(RegionFacts there) {
    Div lines = new Div(known(where(there)));
    new TreeMap<>(there.latencies())
        .forEach(
            (to, trip) ->
                lines.add(
                    new Div(
                        getTranslation(
                            "facts.latency", to, Latency.of(trip).told().in(getLocale())))));
    return lines;
  }

  private static Optional<String> where(RegionFacts there) {
    Optional<String> country = there.country().map(Countries::name);
    Optional<String> point = there.coordinates().map(CloudOverviewTab::point);
    return country.isPresent() && point.isPresent()
        ? Optional.of(country.get() + " · " + point.get())
        : country.or(() -> point);
  }

  private static String point(Coordinates at) {
    return Reader.formats().number(at.latitude())
        + "°, "
        + Reader.formats().number(at.longitude())
        + "°";
  }

  private Component certifications(CloudFacts known) {
    if (known.certifications().isEmpty()) {
      Span none = new Span(getTranslation("facts.certifications-none"));
      none.addClassName("quiet");
      return none;
    }
    Facts list = new Facts();
    known.certifications().forEach(each -> list.fact(each.name(), validity(each)));
    return list;
  }

  private Component validity(Certification certification) {
    if (certification.until().isEmpty()) {
      return known(Optional.empty());
    }
    LocalDate until = certification.until().get();
    String date =
        DateTimeFormatter.ofLocalizedDate(FormatStyle.LONG).withLocale(getLocale()).format(until);
    return until.isBefore(LocalDate.now(ZoneOffset.UTC))
        ? new StateBadge(Mark.FAILED, getTranslation("facts.expired", date))
        : new Span(getTranslation("facts.until", date));
  }

  private Component known(Optional<String> fact) {
    Span words = new Span(fact.orElse(getTranslation("facts.unknown")));
    words.setClassName("quiet", fact.isEmpty());
    return words;
  }
}
