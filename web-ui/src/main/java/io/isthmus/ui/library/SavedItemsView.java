package io.isthmus.ui.library;

import com.vaadin.flow.component.Component;
import com.vaadin.flow.component.button.Button;
import com.vaadin.flow.component.button.ButtonVariant;
import com.vaadin.flow.component.checkbox.Checkbox;
import com.vaadin.flow.component.html.Anchor;
import com.vaadin.flow.component.html.Div;
import com.vaadin.flow.component.html.Span;
import com.vaadin.flow.router.BeforeEnterEvent;
import com.vaadin.flow.router.QueryParameters;
import io.isthmus.domain.access.Callers;
import io.isthmus.domain.library.ItemKind;
import io.isthmus.domain.library.Library;
import io.isthmus.domain.library.SavedItem;
import io.isthmus.ui.element.EmptyState;
import io.isthmus.ui.element.Glyph;
import io.isthmus.ui.element.Moment;
import io.isthmus.ui.element.Reader;
import io.isthmus.ui.element.RowAction;
import io.isthmus.ui.element.StateBadge;
import io.isthmus.ui.list.ListColumn;
import io.isthmus.ui.list.ListPanel;
import io.isthmus.ui.list.ListSource;
import io.isthmus.ui.list.ListState;
import io.isthmus.ui.shell.CurrentProject;
import io.isthmus.ui.shell.LiveUpdates;
import io.isthmus.ui.shell.ProjectPage;
import io.isthmus.ui.widget.Mark;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.stream.Stream;

/** What a project keeps of one kind, the latest version of each. */
abstract class SavedItemsView extends ProjectPage {

  private static final long serialVersionUID = 1L;

  private static final String DEFAULT = "default";
  private static final String TRUE = Boolean.TRUE.toString();

  private final ItemKind kind;
  private final transient Library library;
  private final transient ListPanel<SavedItem> list;

  SavedItemsView(
      ItemKind kind, Callers callers, CurrentProject current, Library library, LiveUpdates live) {
    super(callers, current);
    this.kind = kind;
    this.library = library;
    String title = getTranslation("library." + SavedPages.list(kind));
    setPageTitle(title);
    setSentence(getTranslation("library.sentence-" + kind.text()));
    list =
        new ListPanel<>(
            title,
            SavedItem::name,
            ListSource.of(this::saved, SavedItemsView::isWanted, orders()),
            () -> SavedPages.list(kind));
    follow(live, list::refresh);
    list.search(getTranslation("library.filter"))
        .actions(
            RowAction.link(
                getTranslation("library.use"),
                item -> getTranslation("library.use-that", item.name()),
                item -> SavedPages.use(kind, item.name())),
            RowAction.<SavedItem>of(
                    getTranslation("library.make-default-short"),
                    item -> getTranslation("library.make-default-that", item.name()),
                    this::makeDefault)
                .when(item -> kind == ItemKind.POLICY && !item.isDefault()),
            RowAction.<SavedItem>of(
                    getTranslation("library.withdraw-default-short"),
                    item -> getTranslation("library.withdraw-default-that", item.name()),
                    this::withdrawDefault)
                .when(SavedItem::isDefault),
            RowAction.<SavedItem>of(
                    Glyph.TRASH,
                    item -> getTranslation("library.remove-title", item.name()),
                    this::askToRemove)
                .harmful())
        .whenEmpty(this::teacher);
    if (kind == ItemKind.POLICY) {
      list.filter(DEFAULT, new Checkbox(getTranslation("library.only-default")), TRUE::equals);
    }
    columns().forEach(list::column);
    Button write =
        new Button(
            getTranslation("library.write-" + kind.text()),
            click -> getUI().ifPresent(ui -> ui.navigate("stacks/new", beginning())));
    write.addThemeVariants(ButtonVariant.LUMO_PRIMARY);
    if (kind == ItemKind.POLICY) {
      setActions(new Anchor("/standing-policies", getTranslation("standing.link")), write);
    } else {
      setActions(write);
    }
    setContent(list);
  }

  private QueryParameters beginning() {
    return QueryParameters.fromString(kind.text() + "&edit");
  }

  private List<ListColumn<SavedItem>> columns() {
    Stream<ListColumn<SavedItem>> all =
        Stream.of(
            ListColumn.<SavedItem>of(
                    "name",
                    getTranslation("library.name"),
                    item -> new Anchor("/" + SavedPages.item(kind, item.name()), item.name()),
                    SavedItem::name)
                .sorts(),
            ListColumn.<SavedItem>text(
                    "description", getTranslation("library.description"), SavedItem::description)
                .sorts(),
            ListColumn.<SavedItem>number(
                    "version",
                    getTranslation("library.version"),
                    item -> Reader.formats().number(item.version()),
                    SavedItem::version)
                .sorts(),
            ListColumn.<SavedItem>of(
                    "saved_at",
                    getTranslation("library.saved"),
                    SavedItemsView::saved,
                    item -> item.savedAt().toString())
                .sorts());
    Stream<ListColumn<SavedItem>> last =
        kind == ItemKind.POLICY
            ? Stream.of(
                ListColumn.<SavedItem>of(
                        DEFAULT,
                        getTranslation("library.default"),
                        this::isDefault,
                        item -> String.valueOf(item.isDefault()))
                    .sorts())
            : Stream.of();
    return Stream.concat(all, last).toList();
  }

  private static Component saved(SavedItem item) {
    Div cell = new Div(Moment.compact(item.savedAt()), new Span(" · " + item.savedBy()));
    cell.addClassName("small");
    return cell;
  }

  private Component isDefault(SavedItem item) {
    return item.isDefault()
        ? new StateBadge(Mark.COMPLETE, getTranslation("library.is-default"))
        : new Span("");
  }

  private static Map<String, Comparator<SavedItem>> orders() {
    return Map.of(
        "name",
        Comparator.comparing(item -> item.name().toLowerCase(Locale.ROOT)),
        "description",
        Comparator.comparing(item -> item.description().toLowerCase(Locale.ROOT)),
        DEFAULT,
        Comparator.comparing(item -> !item.isDefault()),
        "version",
        Comparator.comparing(SavedItem::version),
        "saved_at",
        Comparator.comparing(SavedItem::savedAt));
  }

  private static boolean isWanted(ListState asked, SavedItem item) {
    String part = asked.text().toLowerCase(Locale.ROOT);
    boolean byDefault = asked.value(DEFAULT).filter(TRUE::equals).isEmpty() || item.isDefault();
    return byDefault
        && Stream.of(item.name(), item.description(), item.savedBy())
            .anyMatch(text -> text.toLowerCase(Locale.ROOT).contains(part));
  }

  private List<SavedItem> saved() {
    return library.list(project(), kind, caller());
  }

  /** Policies of the federation are akin to a project's; templates are a project's only. */
  @Override
  protected Anchor instead() {
    return kind == ItemKind.POLICY
        ? new Anchor("/standing-policies", getTranslation("library.to-standing"))
        : super.instead();
  }

  @Override
  protected void enter(BeforeEnterEvent event) {
    list.show(ListState.of(event.getLocation().getQueryParameters()));
  }

  private void makeDefault(SavedItem item) {
    library.makeDefault(item.project(), Optional.of(item.name()), caller());
    list.refresh();
  }

  private void withdrawDefault(SavedItem item) {
    library.makeDefault(item.project(), Optional.empty(), caller());
    list.refresh();
  }

  private void askToRemove(SavedItem item) {
    SavedRemoval.ask(
        item,
        () -> withdrawDefault(item),
        () -> {
          library.remove(
              item.project(), kind, item.name(), OptionalLong.of(item.latest()), caller());
          list.refresh();
        });
  }

  private Component teacher() {
    return new EmptyState(
        getTranslation("library.empty-" + kind.text()),
        getTranslation("library.empty-words-" + kind.text()),
        new Anchor(
            kind == ItemKind.POLICY ? "/stacks/new?policy&edit" : "/stacks/new?sample=shop",
            getTranslation("library.begin-" + kind.text())));
  }
}
