package io.isthmus.ui.list;

import com.vaadin.flow.component.Component;
import com.vaadin.flow.component.HasValue;
import com.vaadin.flow.component.button.Button;
import com.vaadin.flow.component.button.ButtonVariant;
import com.vaadin.flow.component.html.Div;
import com.vaadin.flow.component.html.Span;
import com.vaadin.flow.component.select.Select;
import com.vaadin.flow.component.textfield.TextField;
import com.vaadin.flow.data.value.ValueChangeMode;
import io.isthmus.domain.csv.Csv;
import io.isthmus.ui.element.BulkAction;
import io.isthmus.ui.element.EmptyState;
import io.isthmus.ui.element.Glyph;
import io.isthmus.ui.element.RowAction;
import io.isthmus.ui.element.Table;
import io.isthmus.ui.list.ListState.Sort;
import io.isthmus.ui.widget.DensitySwitch;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import java.util.function.Supplier;

/**
 * A list: a bar to search and filter by, a table to sort, pages, columns to choose, and the whole
 * as CSV. What is asked for goes to the address and comes back from there.
 *
 * @param <T> what a row shows
 */
public class ListPanel<T> extends Div {

  private static final long serialVersionUID = 1L;

  private static final int PAGE = 50;

  private final String name;
  private final transient Function<T, ?> key;
  private final transient ListSource<T> source;
  private final transient Optional<Supplier<String>> address;
  private final transient List<ListColumn<T>> columns = new ArrayList<>();
  private final Map<String, HasValue<?, ?>> filters = new LinkedHashMap<>();
  private final transient Map<String, Function<String, ?>> readers = new LinkedHashMap<>();
  private transient List<RowAction<T>> actions = List.of();
  private transient List<BulkAction<T>> bulk = List.of();
  private transient Function<T, String> title = Object::toString;
  private transient Supplier<Optional<T>> total = Optional::empty;
  private boolean withCsv = true;
  private boolean live;
  private transient Supplier<Component> teacher =
      () -> new EmptyState(getTranslation("list.empty"), getTranslation("list.empty-words"));

  private final Div bar = new Div();
  private final Div fields = new Div();
  private final Div tools = new Div();
  private final Span count = new Span();
  private final TextField text = new TextField();
  private final Select<Sort> order = new Select<>();
  private final Div picked = new Div();
  private final Div body = new Div();
  private final Pager pager = new Pager(page -> ask(state().onPage(page)));
  private Optional<ColumnChooser> chooser = Optional.empty();

  private transient Table<T> table;
  private transient List<String> tableColumns = List.of();
  private transient ListState state = new ListState(Map.of());
  private transient Optional<ListSlice<T>> shown = Optional.empty();

  /**
   * @param name of what is listed, for a screen reader and the CSV file
   * @param key tells rows apart
   * @param source is asked whenever the list is shown or refreshed
   * @param address of the page that the list is on, without parameters
   */
  public ListPanel(
      String name, Function<T, ?> key, ListSource<T> source, Supplier<String> address) {
    this(name, key, source, Optional.of(address));
  }

  /** A list within a page whose address is about something else, and cannot be asked again. */
  public static <T> ListPanel<T> inPlace(String name, Function<T, ?> key, ListSource<T> source) {
    return new ListPanel<>(name, key, source, Optional.empty());
  }

  private ListPanel(
      String name, Function<T, ?> key, ListSource<T> source, Optional<Supplier<String>> address) {
    this.name = name;
    this.key = key;
    this.source = source;
    this.address = address;
    addClassNames("list", "stack-wide");
    text.setPrefixComponent(Glyph.SEARCH.create());
    text.setClearButtonVisible(true);
    text.setValueChangeMode(ValueChangeMode.LAZY);
    order.addClassName("phone-only");
    order.setAriaLabel(getTranslation("list.order"));
    order.setItemLabelGenerator(this::label);
    order.addValueChangeListener(
        change -> {
          if (change.isFromClient() && change.getValue() != null) {
            ask(state().sortedBy(change.getValue()));
          }
        });
    count.addClassName("count");
    count.getElement().setAttribute("role", "status");
    fields.addClassNames("row", "grow");
    tools.addClassName("row");
    bar.addClassName("filter-bar");
    bar.add(fields, tools);
    picked.addClassNames("row", "picked");
    picked.getElement().setAttribute("role", "status");
    picked.setVisible(false);
    add(bar, picked, body, pager);
  }

  /** A field that searches in what the list says is searched. */
  public ListPanel<T> search(String label) {
    text.setAriaLabel(label);
    text.setPlaceholder(label);
    return filter(ListState.TEXT, text, word -> word);
  }

  /**
   * A filter of the address.
   *
   * @param field empty when everything is wanted
   * @param reader gives the field's value for a word of the address, null for an unknown one; the
   *     value's own text is the word
   */
  public <V, C extends Component & HasValue<?, V>> ListPanel<T> filter(
      String parameter, C field, Function<String, V> reader) {
    filters.put(parameter, field);
    readers.put(parameter, reader);
    field.addValueChangeListener(
        change -> {
          if (change.isFromClient()) {
            ask(state.with(parameter, field.isEmpty() ? "" : field.getValue().toString()));
          }
        });
    fields.add(field);
    return this;
  }

  /** A filter of the address by one of a few constants, each by its name. */
  public <E extends Enum<E>> ListPanel<T> filter(
      String parameter, FilterSelect<E> field, Class<E> of) {
    return filter(parameter, field, word -> ListState.constant(of, word));
  }

  public ListPanel<T> column(ListColumn<T> column) {
    columns.add(column);
    return this;
  }

  /** What can be done to a row. */
  @SafeVarargs
  public final ListPanel<T> actions(RowAction<T>... offered) {
    actions = List.of(offered);
    return this;
  }

  /**
   * What can be done to several rows at once.
   *
   * @param called what a row is called
   */
  @SafeVarargs
  public final ListPanel<T> bulk(Function<T, String> called, BulkAction<T>... offered) {
    title = called;
    bulk = List.of(offered);
    return this;
  }

  /** Has cells that listen or open. */
  public ListPanel<T> live() {
    live = true;
    return this;
  }

  /** A row below all others, on each page, such as their sum; it is not counted. */
  public ListPanel<T> total(Supplier<Optional<T>> sum) {
    total = sum;
    return this;
  }

  /** For a list whose page has a file of its own to download. */
  public ListPanel<T> withoutCsv() {
    withCsv = false;
    return this;
  }

  /** What is shown when there is nothing at all: how to begin. */
  public ListPanel<T> whenEmpty(Supplier<Component> shownThen) {
    teacher = shownThen;
    return this;
  }

  /**
   * Shows what an address asks for.
   *
   * @param asked is kept, and asked again at each {@link #refresh}
   */
  public void show(ListState asked) {
    if (chooser.isEmpty()) {
      layTools();
    }
    state = asked;
    filters.forEach((parameter, field) -> set(field, read(parameter)));
    order.setValue(
        order.getListDataView().getItems().filter(this::isAsked).findFirst().orElse(null));
    List<String> wanted = ColumnChooser.shown(columns, asked.columns());
    chooser.ifPresent(each -> each.show(wanted));
    if (table == null || !tableColumns.equals(wanted)) {
      tableColumns = wanted;
      table = table(wanted);
    }
    table.setSorted(
        asked.sort().map(Sort::column).map(wanted::indexOf).map(this::shownAt).orElse(-1),
        asked.sort().map(Sort::descending).orElse(false));
    shown = Optional.empty();
    refresh();
  }

  /** Shows what is new. */
  public void refresh() {
    ListSlice<T> slice = source.fetch(state, (state.page() - 1L) * PAGE, PAGE);
    if (shown.filter(slice::equals).isPresent()) {
      return;
    }
    shown = Optional.of(slice);
    count.setText(
        slice.andMore()
            ? getTranslation("list.count-more", slice.total())
            : getTranslation("list.count", slice.total()));
    if (slice.total() == 0) {
      setBody(isFiltered() ? nothingMatches() : teacher.get());
    } else if (slice.rows().isEmpty()) {
      setBody(behindTheEnd());
    } else {
      List<T> rows = new ArrayList<>(slice.rows());
      total.get().ifPresent(rows::add);
      table.setRows(rows);
      setBody(table);
    }
    bar.setVisible(slice.total() > 0 || isFiltered());
    pager.show(state.page(), PAGE, slice);
  }

  /** Everything that was asked for, whatever the page. */
  Csv csv() {
    List<ListColumn<T>> wanted =
        columns.stream().filter(column -> tableColumns.contains(column.id())).toList();
    Csv csv = new Csv().row(wanted.stream().map(ListColumn::header).toList());
    long skip = 0;
    ListSlice<T> slice;
    do {
      slice = source.fetch(state, skip, ListSource.MOST);
      slice
          .rows()
          .forEach(row -> csv.row(wanted.stream().map(each -> each.text().apply(row)).toList()));
      skip += slice.rows().size();
    } while (!slice.rows().isEmpty() && (skip < slice.total() || slice.andMore()));
    total
        .get()
        .ifPresent(row -> csv.row(wanted.stream().map(each -> each.text().apply(row)).toList()));
    return csv;
  }

  private void layTools() {
    ColumnChooser made = new ColumnChooser(columns, wanted -> ask(state.showing(wanted)));
    chooser = Optional.of(made);
    List<Sort> orders = new ArrayList<>();
    columns.stream()
        .filter(ListColumn::sortable)
        .forEach(
            column -> {
              orders.add(new Sort(column.id(), false));
              orders.add(new Sort(column.id(), true));
            });
    order.setItems(orders);
    order.setPlaceholder(getTranslation("list.order"));
    order.setVisible(!orders.isEmpty());
    tools.add(order, count, made, new DensitySwitch(getTranslation("list.density")));
    if (withCsv) {
      tools.add(new CsvLink(name, fileName(), this::csv));
    }
  }

  private String fileName() {
    return name.toLowerCase(getLocale()).replaceAll("[^\\p{L}\\p{N}]+", "-");
  }

  private Table<T> table(List<String> wanted) {
    Table<T> made = new Table<>(name, key);
    if (live) {
      made.live();
    }
    showPicked(List.of());
    if (!bulk.isEmpty()) {
      made.picks(
          getTranslation("list.pick-all"),
          row -> getTranslation("list.pick", title.apply(row)),
          this::showPicked);
    }
    for (ListColumn<T> column : columns) {
      if (wanted.contains(column.id())) {
        made.column(column.header(), column.number(), column.cell()).marked("col-" + column.id());
        if (column.sortable()) {
          made.sortable(() -> ask(state.sortedBy(next(column.id()))));
        }
      }
    }
    if (!actions.isEmpty()) {
      made.actions(getTranslation("list.actions"), actions);
    }
    return made;
  }

  /** Says what can be done to how many. */
  private void showPicked(List<T> rows) {
    picked.removeAll();
    picked.setVisible(!rows.isEmpty());
    if (rows.isEmpty()) {
      return;
    }
    picked.add(new Span(getTranslation("list.picked", rows.size())));
    for (BulkAction<T> action : bulk) {
      List<T> possible = rows.stream().filter(action.offered()).toList();
      Button button =
          new Button(action.words().apply(possible.size()), click -> action.act().accept(possible));
      button.addThemeVariants(ButtonVariant.LUMO_SMALL, ButtonVariant.LUMO_ERROR);
      button.setEnabled(!possible.isEmpty());
      picked.add(button);
    }
    Button clear = new Button(getTranslation("list.pick-none"), click -> table.clearPicks());
    clear.addThemeVariants(ButtonVariant.LUMO_SMALL, ButtonVariant.LUMO_TERTIARY);
    picked.add(clear);
  }

  /** A second click turns the order around. */
  private Sort next(String column) {
    return new Sort(
        column,
        state.sort().filter(now -> now.column().equals(column) && !now.descending()).isPresent());
  }

  private boolean isAsked(Sort sort) {
    return state.sort().filter(sort::equals).isPresent();
  }

  private String label(Sort sort) {
    String header =
        columns.stream()
            .filter(column -> column.id().equals(sort.column()))
            .map(ListColumn::header)
            .findFirst()
            .orElse(sort.column());
    return getTranslation(sort.descending() ? "list.descending" : "list.ascending", header);
  }

  /** Behind the boxes, where there are some. */
  private int shownAt(int index) {
    return index < 0 || bulk.isEmpty() ? index : index + 1;
  }

  private ListState state() {
    return state;
  }

  private void ask(ListState asked) {
    if (address.isEmpty()) {
      show(asked);
    }
    address.ifPresent(page -> getUI().ifPresent(ui -> ui.navigate(page.get(), asked.query())));
  }

  private Object read(String parameter) {
    return state
        .value(parameter)
        .map(word -> (Object) readers.get(parameter).apply(word))
        .orElse(null);
  }

  /** What is there already is left alone: somebody may be typing on. */
  @SuppressWarnings("unchecked")
  private static <V> void set(HasValue<?, V> field, Object value) {
    V wanted = value == null ? field.getEmptyValue() : (V) value;
    if (!java.util.Objects.equals(field.getValue(), wanted)) {
      field.setValue(wanted);
    }
  }

  private boolean isFiltered() {
    return filters.keySet().stream().anyMatch(parameter -> state.value(parameter).isPresent());
  }

  private Component nothingMatches() {
    return new EmptyState(
        getTranslation("list.none"),
        getTranslation("list.none-words"),
        new Button(getTranslation("list.clear"), click -> ask(state.without(filters.keySet()))));
  }

  private Component behindTheEnd() {
    return new EmptyState(
        getTranslation("list.no-page"),
        getTranslation("list.no-page-words"),
        new Button(getTranslation("list.first-page"), click -> ask(state.onPage(1))));
  }

  /** Leaves what is there already where it is, and with it the reader's focus. */
  private void setBody(Component component) {
    if (!body.getChildren().toList().equals(List.of(component))) {
      body.removeAll();
      body.add(component);
    }
  }
}
