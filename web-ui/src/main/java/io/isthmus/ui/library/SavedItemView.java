package io.isthmus.ui.library;

import com.vaadin.flow.component.Component;
import com.vaadin.flow.component.button.Button;
import com.vaadin.flow.component.button.ButtonVariant;
import com.vaadin.flow.component.html.Anchor;
import com.vaadin.flow.component.html.Div;
import com.vaadin.flow.component.html.H2;
import com.vaadin.flow.component.html.Span;
import com.vaadin.flow.router.BeforeEnterEvent;
import io.isthmus.domain.access.Callers;
import io.isthmus.domain.fault.FaultCode;
import io.isthmus.domain.fault.FederationFault;
import io.isthmus.domain.library.ItemKind;
import io.isthmus.domain.library.Library;
import io.isthmus.domain.library.SavedItem;
import io.isthmus.ui.element.EmptyState;
import io.isthmus.ui.element.Moment;
import io.isthmus.ui.element.Reader;
import io.isthmus.ui.element.StateBadge;
import io.isthmus.ui.element.Table;
import io.isthmus.ui.shell.CurrentProject;
import io.isthmus.ui.shell.LiveUpdates;
import io.isthmus.ui.shell.ProjectPage;
import io.isthmus.ui.widget.Mark;
import io.isthmus.ui.widget.TemplateEditor;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.TreeMap;

/** One saved template or policy: its versions, who made them, and what each changed. */
abstract class SavedItemView extends ProjectPage {

  private static final long serialVersionUID = 1L;

  private final ItemKind kind;
  private final transient Library library;

  private transient String name;
  private transient Optional<String> asked = Optional.empty();
  private transient List<SavedItem> drawn = List.of();

  SavedItemView(
      ItemKind kind, Callers callers, CurrentProject current, Library library, LiveUpdates live) {
    super(callers, current);
    this.kind = kind;
    this.library = library;
    follow(live, this::refresh);
    setBreadcrumb(
        new Anchor(
            "/" + SavedPages.list(kind), getTranslation("library." + SavedPages.list(kind))));
  }

  @Override
  protected void enter(BeforeEnterEvent event) {
    name = SavedPages.decoded(event.getRouteParameters().get("name").orElse(""));
    asked = event.getLocation().getQueryParameters().getSingleParameter("version");
    show(library.versions(project(), kind, name, caller()));
  }

  /** Somebody else may save another version, make it the default, or delete it all. */
  private void refresh() {
    List<SavedItem> now;
    try {
      now = library.versions(project(), kind, name, caller());
    } catch (FederationFault fault) {
      if (fault.code() != FaultCode.NOT_FOUND) {
        throw fault;
      }
      now = List.of();
    }
    if (now.equals(drawn)) {
      return;
    }
    if (now.isEmpty()) {
      drawn = now;
      setActions();
      setContent(
          new EmptyState(
              getTranslation("library.gone", name),
              getTranslation("library.gone-words"),
              new Anchor(
                  "/" + SavedPages.list(kind),
                  getTranslation("library." + SavedPages.list(kind)))));
    } else {
      show(now);
    }
  }

  private void show(List<SavedItem> versions) {
    drawn = versions;
    SavedItem latest = versions.get(0);
    SavedItem shown =
        asked.isEmpty()
            ? latest
            : versions.stream()
                .filter(each -> String.valueOf(each.version()).equals(asked.get()))
                .findFirst()
                .orElseThrow(() -> FederationFault.notFound(kind.text(), name + " " + asked.get()));
    setPageTitle(name);
    if (latest.isDefault()) {
      setBeside(new StateBadge(Mark.COMPLETE, getTranslation("library.is-default")));
    } else {
      setBeside();
    }
    setSentence(sentence(shown));
    setActions(actions(latest));
    List<Component> content = new ArrayList<>();
    if (versions.size() > 1) {
      content.add(new H2(getTranslation("library.versions")));
      content.add(table(versions, shown));
      before(versions, shown).ifPresent(older -> changes(older, shown, content));
    }
    text(getTranslation("library.text-" + kind.text()), shown.source().text(), content);
    new TreeMap<>(shown.source().files()).forEach((file, text) -> text(file, text, content));
    if (!shown.environment().isBlank()) {
      text(getTranslation("new.environment"), shown.environment(), content);
    }
    setContent(content.toArray(Component[]::new));
  }

  private String sentence(SavedItem shown) {
    String version =
        getTranslation(
            "library.shown",
            shown.version(),
            shown.latest(),
            shown.savedBy(),
            Reader.formats().dateTime(shown.savedAt()));
    return shown.description().isBlank() ? version : shown.description() + " · " + version;
  }

  private Component[] actions(SavedItem latest) {
    Button use =
        new Button(getTranslation("library.use"), click -> go(SavedPages.use(kind, latest.name())));
    use.addThemeVariants(ButtonVariant.LUMO_PRIMARY);
    Button edit =
        new Button(
            getTranslation("library.edit"), click -> go(SavedPages.edit(kind, latest.name())));
    Button remove =
        new Button(
            getTranslation("library.remove"),
            click ->
                SavedRemoval.ask(
                    latest,
                    () -> {
                      library.makeDefault(project(), Optional.empty(), caller());
                      refresh();
                    },
                    () -> {
                      library.remove(
                          project(),
                          kind,
                          latest.name(),
                          OptionalLong.of(latest.latest()),
                          caller());
                      getUI().ifPresent(ui -> ui.navigate(SavedPages.list(kind)));
                    }));
    if (kind == ItemKind.TEMPLATE) {
      return new Component[] {use, edit, remove};
    }
    Button standard =
        new Button(
            getTranslation(
                latest.isDefault() ? "library.withdraw-default" : "library.make-default"),
            click -> {
              library.makeDefault(
                  project(),
                  latest.isDefault() ? Optional.empty() : Optional.of(latest.name()),
                  caller());
              refresh();
            });
    standard.setTooltipText(getTranslation("library.default-words"));
    return new Component[] {use, edit, standard, remove};
  }

  /** A page that begins something has to be loaded, as its address may be where one is already. */
  private void go(String address) {
    getUI().ifPresent(ui -> ui.getPage().setLocation(address));
  }

  private Component table(List<SavedItem> versions, SavedItem shown) {
    Table<SavedItem> table =
        new Table<SavedItem>(getTranslation("library.versions"), SavedItem::version)
            .column(getTranslation("library.version"), item -> number(item, shown))
            .column(getTranslation("library.saved"), item -> Moment.absolute(item.savedAt()))
            .text(getTranslation("library.saved-by"), SavedItem::savedBy)
            .text(getTranslation("library.description"), SavedItem::description)
            .text(
                getTranslation("library.changed"),
                item ->
                    before(versions, item)
                        .map(older -> counted(Changes.between(older, item)))
                        .orElse(""));
    table.setRows(versions);
    return table;
  }

  private Component number(SavedItem item, SavedItem shown) {
    String words = getTranslation("library.version-number", item.version());
    if (item.version() == shown.version()) {
      Span here = new Span(words);
      here.addClassName("strong");
      here.getElement().setAttribute("aria-current", "true");
      return here;
    }
    return new Anchor(
        "/" + SavedPages.item(kind, item.name()) + "?version=" + item.version(), words);
  }

  private static Optional<SavedItem> before(List<SavedItem> versions, SavedItem item) {
    return versions.stream().filter(each -> each.version() == item.version() - 1).findFirst();
  }

  private static String counted(List<Changes.OfText> changes) {
    long more = changes.stream().mapToLong(each -> each.count(LineDiff.Kind.ADDED)).sum();
    long less = changes.stream().mapToLong(each -> each.count(LineDiff.Kind.REMOVED)).sum();
    return "+" + more + " −" + less;
  }

  private void changes(SavedItem older, SavedItem shown, List<Component> content) {
    content.add(new H2(getTranslation("library.changes", older.version(), shown.version())));
    List<Changes.OfText> changes = Changes.between(older, shown);
    if (changes.isEmpty()) {
      content.add(new Div(getTranslation("library.unchanged")));
    }
    changes.forEach(
        each ->
            content.add(
                new DiffPanel(
                    switch (each.what()) {
                      case TEXT -> getTranslation("library.text-" + kind.text());
                      case ENVIRONMENT -> getTranslation("new.environment");
                      case FILE -> each.file();
                    },
                    each.lines())));
  }

  private void text(String name, String text, List<Component> content) {
    TemplateEditor editor = new TemplateEditor(name);
    editor.setValue(text);
    editor.setReadOnly(true);
    Div frame = new Div(editor);
    frame.addClassName("editor-frame");
    content.add(new H2(name));
    content.add(frame);
  }
}
