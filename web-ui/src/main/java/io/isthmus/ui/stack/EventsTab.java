package io.isthmus.ui.stack;

import com.vaadin.flow.component.Component;
import com.vaadin.flow.component.Text;
import com.vaadin.flow.component.html.Span;
import io.isthmus.domain.language.PhraseSearch;
import io.isthmus.domain.placement.PartId;
import io.isthmus.domain.stack.EventQuery;
import io.isthmus.domain.stack.EventSlice;
import io.isthmus.domain.stack.StackEvent;
import io.isthmus.domain.stack.StackId;
import io.isthmus.domain.trace.RequestId;
import io.isthmus.ui.element.Clouds;
import io.isthmus.ui.element.Copyable;
import io.isthmus.ui.element.EmptyState;
import io.isthmus.ui.element.Moment;
import io.isthmus.ui.element.Reader;
import io.isthmus.ui.element.StateBadge;
import io.isthmus.ui.list.CloudFilter;
import io.isthmus.ui.list.FilterSelect;
import io.isthmus.ui.list.ListColumn;
import io.isthmus.ui.list.ListPanel;
import io.isthmus.ui.list.ListSlice;
import io.isthmus.ui.list.ListState;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.function.Function;

/** What happened, newest first, in plain sentences. */
class EventsTab extends StackTab {

  /** Where the events come from. */
  @FunctionalInterface
  interface Source {
    EventSlice fetch(EventQuery query, long skip, int limit);
  }

  private static final long serialVersionUID = 1L;

  private static final String AT = "at";
  private static final String KIND = "kind";
  private static final String CLOUD = "cloud";

  private final transient Source source;
  private final transient ListPanel<StackEvent> list;
  private final transient Locale locale = Reader.locale();
  private final CloudFilter cloud = new CloudFilter(getTranslation("cloud.name"));
  private transient Clouds clouds = new Clouds(List.of());
  private transient ListState asked;
  private boolean shown;

  /** The newest when the reader left the first page: what comes then shifts nothing behind it. */
  private transient OptionalLong last = OptionalLong.empty();

  /**
   * @param asked what the address says
   */
  EventsTab(StackId stack, ListState asked, Source source) {
    this.source = source;
    list =
        new ListPanel<>(
            getTranslation("tab.events"),
            StackEvent::sequence,
            this::fetch,
            () -> "stacks/" + stack + "/events");
    list.search(getTranslation("event.filter"))
        .filter(
            KIND,
            new FilterSelect<>(
                getTranslation("event.kind"),
                List.of(EventQuery.Kind.values()),
                kind -> getTranslation("event.kind." + kind)),
            EventQuery.Kind.class)
        .filter(CLOUD, cloud, cloud::find)
        .whenEmpty(
            () -> new EmptyState(getTranslation("event.none"), getTranslation("event.none-words")));
    columns().forEach(list::column);
    add(list);
    ask(asked);
  }

  /** The status last: on a phone it stands beside the time. */
  private List<ListColumn<StackEvent>> columns() {
    return List.of(
        ListColumn.<StackEvent>of(
                AT,
                getTranslation("event.time"),
                event -> Moment.time(event.at()),
                event -> event.at().toString())
            .sorts(),
        ListColumn.text(
            "resource",
            getTranslation("part.resource"),
            event -> event.part().map(PartId::resource).orElse("")),
        ListColumn.of("where", getTranslation("part.where"), this::where, EventsTab::place),
        ListColumn.text("what", getTranslation("event.what"), event -> event.phrase().in(locale)),
        id("physical_id", "part.physical-id", StackEvent::physicalId),
        id("request", "event.request", event -> event.request().map(RequestId::text)),
        id("cloud_request", "event.cloud-request", StackEvent::cloudRequest),
        ListColumn.of(
            "status",
            getTranslation("stack.status"),
            event -> StateBadge.of(event.status()),
            event -> event.status().toString()));
  }

  private ListColumn<StackEvent> id(
      String id, String header, Function<StackEvent, Optional<String>> text) {
    return ListColumn.<StackEvent>of(
            id,
            getTranslation(header),
            event ->
                text.apply(event).<Component>map(Copyable::shortened).orElseGet(() -> new Text("")),
            event -> text.apply(event).orElse(""))
        .whenChosen();
  }

  private Component where(StackEvent event) {
    return event
        .part()
        .<Component>map(part -> clouds.place(part.place()))
        .orElseGet(() -> new Span());
  }

  private static String place(StackEvent event) {
    return event.part().map(part -> part.place().toString()).orElse("");
  }

  private ListSlice<StackEvent> fetch(ListState now, long skip, int limit) {
    EventSlice found = source.fetch(query(now), skip, limit);
    return new ListSlice<>(found.events(), found.total());
  }

  private EventQuery query(ListState now) {
    return new EventQuery(
        PhraseSearch.of(now.text(), locale),
        now.value(KIND, EventQuery.Kind.class),
        now.value(CLOUD).map(cloud::find),
        last,
        isOldestFirst(now));
  }

  private static boolean isOldestFirst(ListState now) {
    return now.sort().filter(sort -> sort.column().equals(AT) && !sort.descending()).isPresent();
  }

  @Override
  final void ask(ListState now) {
    asked = now;
    last = now.page() == 1 || isOldestFirst(now) ? OptionalLong.empty() : last();
    shown = false;
  }

  /** Stays as it is from page to page. */
  private OptionalLong last() {
    return last.isPresent()
        ? last
        : source.fetch(EventQuery.ALL, 0, 1).events().stream()
            .mapToLong(StackEvent::sequence)
            .findFirst();
  }

  @Override
  void show(StackState state) {
    clouds = new Clouds(state.clouds());
    cloud.offer(state.parts().stream().map(part -> part.id().cloud()).toList());
    if (shown) {
      list.refresh();
    } else {
      shown = true;
      list.show(asked);
    }
  }
}
