package io.isthmus.ui.placement;

import com.vaadin.flow.component.Component;
import com.vaadin.flow.component.html.Div;
import com.vaadin.flow.component.html.H2;
import com.vaadin.flow.component.html.H3;
import com.vaadin.flow.component.html.ListItem;
import com.vaadin.flow.component.html.NativeDetails;
import com.vaadin.flow.component.html.Paragraph;
import com.vaadin.flow.component.html.Span;
import com.vaadin.flow.component.html.UnorderedList;
import io.isthmus.domain.cloud.CloudId;
import io.isthmus.domain.cloud.CloudView;
import io.isthmus.domain.cloud.Place;
import io.isthmus.domain.language.Phrase;
import io.isthmus.domain.network.Segment;
import io.isthmus.domain.placement.Decision;
import io.isthmus.domain.placement.Failover;
import io.isthmus.domain.placement.Hindrance;
import io.isthmus.domain.placement.Placement;
import io.isthmus.domain.placement.PlannedPart;
import io.isthmus.domain.placement.Probe;
import io.isthmus.domain.placement.Resolution;
import io.isthmus.domain.placement.Wiring;
import io.isthmus.ui.element.CloudSites;
import io.isthmus.ui.element.Clouds;
import io.isthmus.ui.element.Countries;
import io.isthmus.ui.element.NaturalOrder;
import io.isthmus.ui.element.Notice;
import io.isthmus.ui.element.Reader;
import io.isthmus.ui.element.Table;
import io.isthmus.ui.list.ListColumn;
import io.isthmus.ui.list.ListPanel;
import io.isthmus.ui.list.ListSource;
import io.isthmus.ui.list.ListState;
import io.isthmus.ui.widget.Mark;
import io.isthmus.ui.widget.SiteMap;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * A placement as people read it: on the map, and resource by resource with the reasons; what is
 * refused is refused with every cloud and rule.
 */
public class PlacementPanel extends Div {

  private static final long serialVersionUID = 1L;

  private final transient Clouds clouds;
  private final transient List<CloudView> members;

  public PlacementPanel(Placement placement, List<CloudView> members) {
    this(placement, members, causes -> List.of());
  }

  /**
   * @param ways by which a reader can mend what is refused, for all that refused it
   */
  public PlacementPanel(
      Placement placement,
      List<CloudView> members,
      Function<Set<Hindrance>, List<? extends Component>> ways) {
    this.clouds = new Clouds(members);
    this.members = members;
    addClassName("stack-wide");
    if (placement instanceof Placement.Placed placed) {
      // What will not work comes before where everything is.
      if (!placed.wiring().remarks().isEmpty()) {
        add(new Notice(Mark.DEGRADED, "", Reasons.phrases(placed.wiring().remarks())));
      }
      add(
          map(placed.parts(), placed.decisions(), "plan.not-needed"),
          new CostPanel(placed.cost(), clouds),
          decisions(placed));
      segments(placed.wiring());
    } else if (placement instanceof Placement.Unplaced unplaced) {
      add(refusal(unplaced, ways));
      List<Decision> all = new ArrayList<>(unplaced.unplaced());
      all.addAll(unplaced.decisions());
      // Why comes before where.
      add(new UnplacedParts(unplaced.unplaced(), clouds), map(List.of(), all, "plan.takes-some"));
      if (!unplaced.decisions().isEmpty()) {
        add(
            new H2(getTranslation("plan.decided-all-the-same")),
            table(unplaced.decisions(), List.of()));
      }
    }
  }

  /**
   * @param open key of what is said of a cloud in which nothing is, but which refuses nothing as a
   *     whole
   */
  private Component map(List<PlannedPart> parts, List<Decision> decisions, String open) {
    Map<Place, Long> counts =
        parts.stream()
            .collect(Collectors.groupingBy(part -> part.id().place(), Collectors.counting()));
    Map<CloudId, Set<Hindrance>> refused = Hindrances.of(decisions);
    SiteMap map = new SiteMap();
    map.setTexts(CloudSites.texts(this));
    map.setPlan(true);
    map.setSizeFull();
    map.setSites(
        CloudSites.of(
            members,
            counts,
            (cloud, regions, count) ->
                refused.containsKey(cloud.id())
                    ? getTranslation(
                        "plan.site-refused",
                        cloud.name(),
                        String.join(", ", regions),
                        words(refused.get(cloud.id())))
                    : getTranslation("plan.site", cloud.name(), String.join(", ", regions), count),
            (cloud, regions) -> refused.containsKey(cloud.id())));
    Div frame = new Div(map);
    frame.addClassName("map-frame");
    Div split = new Div(frame, legend(parts, refused, Hindrances.known(decisions), open));
    split.addClassNames("split", "map-first");
    return split;
  }

  private String words(Set<Hindrance> hindrances) {
    return hindrances.stream()
        .map(hindrance -> getTranslation("plan.refused-by." + hindrance))
        .collect(Collectors.joining(", "));
  }

  private Component legend(
      List<PlannedPart> parts,
      Map<CloudId, Set<Hindrance>> refused,
      Set<CloudId> known,
      String open) {
    Map<CloudId, List<PlannedPart>> byCloud =
        parts.stream().collect(Collectors.groupingBy(part -> part.id().cloud()));
    Table<CloudView> table =
        new Table<CloudView>(getTranslation("plan.clouds"), CloudView::id)
            .column(getTranslation("cloud.name"), cloud -> clouds.chip(cloud.id()))
            .text(
                getTranslation("plan.operator"),
                cloud ->
                    cloud.facts().operator().name()
                        + cloud
                            .facts()
                            .operator()
                            .seat()
                            .map(seat -> ", " + Countries.name(seat))
                            .orElse(""))
            .text(
                getTranslation("plan.what"),
                cloud -> {
                  List<PlannedPart> here = byCloud.getOrDefault(cloud.id(), List.of());
                  if (!here.isEmpty()) {
                    return getTranslation("plan.resources", here.size());
                  }
                  if (refused.containsKey(cloud.id())) {
                    return words(refused.get(cloud.id()));
                  }
                  return getTranslation(known.contains(cloud.id()) ? open : "plan.not-asked");
                });
    table.setRows(members);
    return table;
  }

  private Component decisions(Placement.Placed placed) {
    Div section =
        new Div(
            new H2(getTranslation("plan.where-and-why")),
            table(placed.decisions(), placed.parts()));
    section.addClassName("stack");
    return section;
  }

  private Component table(List<Decision> decisions, List<PlannedPart> parts) {
    Map<String, List<PlannedPart>> byResource =
        parts.stream().collect(Collectors.groupingBy(part -> part.id().resource()));
    Function<Decision, List<PlannedPart>> partsOf =
        decision -> byResource.getOrDefault(decision.resource(), List.of());
    ListPanel<Decision> list =
        ListPanel.<Decision>inPlace(
                getTranslation("plan.where-and-why"),
                Decision::resource,
                ListSource.of(
                    () -> decisions,
                    (asked, decision) -> isWanted(asked.text(), decision),
                    Map.of(
                        "resource",
                        Comparator.comparing(Decision::resource, NaturalOrder.OF_NAMES),
                        "where",
                        Comparator.comparing(PlacementPanel::where))))
            .live()
            .search(getTranslation("plan.search"))
            .column(
                ListColumn.<Decision>of(
                        "resource",
                        getTranslation("plan.resource"),
                        decision -> resource(decision, partsOf.apply(decision)),
                        Decision::resource)
                    .sorts())
            .column(
                ListColumn.of(
                    "why",
                    getTranslation("plan.why"),
                    decision -> reasons(decision, partsOf.apply(decision)),
                    PlacementPanel::why))
            .column(
                ListColumn.<Decision>of(
                        "where", getTranslation("plan.where"), this::places, PlacementPanel::where)
                    .sorts());
    list.show(new ListState(Map.of()));
    return list;
  }

  private static boolean isWanted(String text, Decision decision) {
    String wanted = text.toLowerCase(Locale.ROOT);
    return Stream.of(decision.resource(), where(decision))
        .anyMatch(word -> word.toLowerCase(Locale.ROOT).contains(wanted));
  }

  private static String where(Decision decision) {
    return decision.chosen().stream()
        .sorted()
        .map(Place::toString)
        .collect(Collectors.joining(" "));
  }

  private static String why(Decision decision) {
    return decision.why().stream()
        .map(phrase -> phrase.in(Reader.locale()))
        .collect(Collectors.joining(" "));
  }

  private static Component resource(Decision decision, List<PlannedPart> parts) {
    Div cell = new Div(new Span(decision.resource()));
    parts.stream()
        .findFirst()
        .ifPresent(
            part -> {
              Div type = new Div(part.type());
              type.addClassNames("quiet", "small");
              cell.add(type);
            });
    return cell;
  }

  private Component places(Decision decision) {
    Div cell = new Div();
    decision.chosen().stream().sorted().forEach(place -> cell.add(new Div(clouds.place(place))));
    return cell;
  }

  private Component reasons(Decision decision, List<PlannedPart> parts) {
    List<Phrase> why = decision.why();
    Div cell = new Div();
    if (!why.isEmpty()) {
      cell.add(new Span(why.get(0).in(Reader.locale())));
    }
    boolean resolved = parts.stream().anyMatch(part -> !part.resolutions().isEmpty());
    boolean probed = parts.stream().anyMatch(part -> part.failover().isPresent());
    if (why.size() > 1 || resolved || probed || !decision.notChosen().isEmpty()) {
      Div all = new Div();
      all.addClassName("stack");
      NativeDetails details = new NativeDetails(getTranslation("plan.all-reasons"), all);
      details.addClassName("reasons-fold");
      // A large plan has more reasons than a browser wants to hold: they come when asked for.
      details.addToggleListener(
          toggle -> {
            if (toggle.isOpened() && all.getComponentCount() == 0) {
              fill(all, decision, parts);
            }
          });
      cell.add(details);
    }
    return cell;
  }

  private void fill(Div all, Decision decision, List<PlannedPart> parts) {
    List<Phrase> why = decision.why();
    if (why.size() > 1) {
      all.add(Reasons.phrases(why.subList(1, why.size())));
    }
    if (parts.stream().anyMatch(part -> !part.resolutions().isEmpty())) {
      all.add(new H3(getTranslation("plan.becomes")), resolutions(parts));
    }
    parts.stream()
        .flatMap(part -> part.failover().stream())
        .findFirst()
        .ifPresent(
            failover -> all.add(new H3(getTranslation("plan.failover")), failover(failover)));
    if (!decision.notChosen().isEmpty()) {
      all.add(
          new H3(getTranslation("plan.why-not-elsewhere")),
          new WhyNot(decision.notChosen(), clouds));
    }
  }

  private Component failover(Failover failover) {
    UnorderedList list = new UnorderedList();
    list.addClassName("reasons");
    list.add(new ListItem(getTranslation("plan.failover-" + failover.mode())));
    if (failover.mode() == Failover.Mode.STANDBY) {
      list.add(new ListItem(getTranslation("plan.failover-return-" + failover.onReturn())));
    }
    if (!failover.probes().isEmpty()) {
      list.add(
          new ListItem(
              getTranslation(
                  "plan.failover-probes", failover.tries(), failover.after().toSeconds())));
    }
    for (Probe probe : failover.probes()) {
      Span words = new Span(probe.toString());
      words.addClassName("mono");
      list.add(new ListItem(words));
    }
    return list;
  }

  private Component resolutions(List<PlannedPart> parts) {
    UnorderedList list = new UnorderedList();
    list.addClassName("reasons");
    for (PlannedPart part : parts) {
      for (Resolution resolution : part.resolutions()) {
        Span property = new Span(resolution.property());
        property.addClassName("mono");
        ListItem item =
            new ListItem(property, new Span(": " + resolution.why().in(Reader.locale())));
        if (parts.size() > 1) {
          item.add(new Span(" "), clouds.chip(part.id().cloud()));
        }
        list.add(item);
      }
    }
    return list;
  }

  private void segments(Wiring wiring) {
    if (wiring.segments().isEmpty()) {
      return;
    }
    Table<Segment> table =
        new Table<Segment>(getTranslation("plan.segments"), segment -> segment)
            .text(getTranslation("plan.subnet"), Segment::subnet)
            .column(getTranslation("plan.region"), segment -> clouds.place(segment.region()))
            .column(getTranslation("plan.addresses"), PlacementPanel::cidr);
    table.setRows(wiring.segments());
    add(new H2(getTranslation("plan.wiring")), table);
  }

  private static Component cidr(Segment segment) {
    Span cidr = new Span(segment.cidr());
    cidr.addClassName("mono");
    return cidr;
  }

  private Component refusal(
      Placement.Unplaced unplaced, Function<Set<Hindrance>, List<? extends Component>> ways) {
    Set<Hindrance> causes = Hindrances.least(unplaced.unplaced());
    List<Component> words = new ArrayList<>();
    if (!unplaced.reasons().isEmpty()) {
      words.add(Reasons.phrases(unplaced.reasons()));
    }
    String remedies =
        causes.stream()
            .map(Remedy::of)
            .distinct()
            .sorted()
            .map(remedy -> " " + getTranslation("plan.remedy." + remedy))
            .collect(Collectors.joining());
    words.add(new Paragraph(getTranslation("plan.none-created") + remedies));
    List<? extends Component> links = ways.apply(causes);
    if (!links.isEmpty()) {
      Div row = new Div();
      row.addClassNames("row", "ways");
      links.forEach(row::add);
      words.add(row);
    }
    return new Notice(Mark.FAILED, getTranslation("plan.refused"), words.toArray(Component[]::new));
  }
}
