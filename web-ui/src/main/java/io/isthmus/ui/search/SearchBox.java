package io.isthmus.ui.search;

import com.vaadin.flow.component.AttachEvent;
import com.vaadin.flow.component.Component;
import com.vaadin.flow.component.Key;
import com.vaadin.flow.component.html.Anchor;
import com.vaadin.flow.component.html.Div;
import com.vaadin.flow.component.html.Span;
import com.vaadin.flow.component.textfield.TextField;
import com.vaadin.flow.data.value.ValueChangeMode;
import io.isthmus.domain.fault.FederationFault;
import io.isthmus.domain.search.Hit;
import io.isthmus.domain.search.SearchText;
import io.isthmus.ui.element.Glyph;
import io.isthmus.ui.element.Reader;
import io.isthmus.ui.element.StateBadge;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.function.Function;

/**
 * One field that finds what has a name, an address or an id. “/” goes to it, arrows choose, Enter
 * opens, Escape closes.
 *
 * @see "WAI-ARIA Authoring Practices, combobox with a list"
 */
public class SearchBox extends Div {

  private static final long serialVersionUID = 1L;

  /** Most hits of each kind to give; one more than is shown tells that there are more. */
  public static final int ASKED = 7;

  private static final String LIST_ID = "search-results";
  private static final int TYPING_MILLIS = 250;
  private static final int SHOWN = ASKED - 1;

  private final transient Function<String, List<Hit>> search;
  private final boolean administers;
  private final TextField field = new TextField();
  private final Div panel = new Div();
  private final Div list = new Div();
  private final Div told = new Div();
  private final transient List<HitAddress> addresses = new ArrayList<>();
  private final List<Anchor> options = new ArrayList<>();
  private int active = -1;

  /**
   * @param search gives what fits a text, at most {@link #ASKED} of each kind, the best first
   * @param administers whether the reader sees the clouds' own pages
   */
  public SearchBox(Function<String, List<Hit>> search, boolean administers) {
    this.search = search;
    this.administers = administers;
    addClassName("search-box");
    getElement().setAttribute("role", "search");
    field.setAriaLabel(getTranslation("search.label"));
    field.setPlaceholder(getTranslation("search.placeholder"));
    field.setPrefixComponent(Glyph.SEARCH.create());
    field.setClearButtonVisible(true);
    field.setMaxLength(SearchText.LONGEST);
    field.setValueChangeMode(ValueChangeMode.LAZY);
    field.setValueChangeTimeout(TYPING_MILLIS);
    field.setWidthFull();
    field.getElement().setAttribute("autocomplete", "off");
    field.addValueChangeListener(change -> find());
    field.addKeyDownListener(Key.ARROW_DOWN, press -> move(1));
    field.addKeyDownListener(Key.ARROW_UP, press -> move(-1));
    field.addKeyDownListener(Key.ENTER, press -> open());
    field.addKeyDownListener(Key.ESCAPE, press -> close());
    list.setId(LIST_ID);
    list.getElement().setAttribute("role", "listbox");
    list.getElement().setAttribute("aria-label", getTranslation("search.results"));
    told.addClassNames("quiet", "small", "search-told");
    told.getElement().setAttribute("role", "status");
    panel.addClassName("search-panel");
    panel.add(list, told);
    panel.setVisible(false);
    add(field, panel);
  }

  @Override
  protected void onAttach(AttachEvent attached) {
    super.onAttach(attached);
    tellState(false);
    // In the browser alone: a slash typed into any other field has to stay what it is.
    field
        .getElement()
        .executeJs(
            "if (!window.isthmusSlash) { window.isthmusSlash = true;"
                + " document.addEventListener('keydown', event => {"
                + " const at = event.composedPath()[0];"
                + " const typing = at.isContentEditable"
                + " || /^(INPUT|TEXTAREA|SELECT)$/.test(at.tagName);"
                + " if (event.key !== '/' || event.ctrlKey || event.altKey || event.metaKey"
                + " || typing) { return; }"
                + " const search = document.querySelector('.search-box vaadin-text-field');"
                + " if (search) { event.preventDefault(); search.focus(); } }); }");
  }

  private void find() {
    String text = field.getValue().strip();
    addresses.clear();
    options.clear();
    list.removeAll();
    active = -1;
    if (text.length() < SearchText.SHORTEST) {
      told.setText(text.isEmpty() ? "" : getTranslation("search.more", SearchText.SHORTEST));
      show(!text.isEmpty());
      return;
    }
    List<Hit> fitting;
    try {
      fitting = search.apply(text);
    } catch (FederationFault fault) {
      told.setText(fault.phrase().in(getLocale()));
      show(true);
      return;
    }
    Map<Hit.Kind, List<Hit>> byKind = new EnumMap<>(Hit.Kind.class);
    fitting.forEach(hit -> byKind.computeIfAbsent(hit.kind(), kind -> new ArrayList<>()).add(hit));
    byKind.forEach((kind, found) -> list.add(group(kind, found, text)));
    int shown = byKind.values().stream().mapToInt(found -> Math.min(found.size(), SHOWN)).sum();
    told.setText(
        shown == 0
            ? getTranslation("search.none", text)
            : getTranslation(
                shown < fitting.size() ? "search.found-first" : "search.found", shown));
    show(true);
  }

  private Component group(Hit.Kind kind, List<Hit> found, String text) {
    String name = getTranslation("search.kind." + kind.text());
    Div group = new Div();
    group.getElement().setAttribute("role", "group");
    group.getElement().setAttribute("aria-label", name);
    Div head = new Div(name);
    head.addClassName("search-kind");
    head.getElement().setAttribute("role", "presentation");
    group.add(head);
    found.stream().limit(SHOWN).forEach(hit -> group.add(option(hit)));
    if (found.size() > SHOWN) {
      group.add(
          HitAddress.ofAll(kind, text, administers)
              .map(all -> option(all, new Span(getTranslation("search.all", name))))
              .orElseGet(this::more));
    }
    return group;
  }

  /** Where no list has them all. */
  private Component more() {
    Div words = new Div(getTranslation("search.narrow"));
    words.addClassNames("quiet", "small", "search-told");
    words.getElement().setAttribute("role", "presentation");
    return words;
  }

  private Component option(Hit hit) {
    Span match = new Span(hit.match());
    match.addClassName(
        hit.kind() == Hit.Kind.ADDRESS || hit.kind() == Hit.Kind.ID ? "mono" : "strong");
    Span where = new Span(where(hit));
    where.addClassNames("quiet", "small", "grow");
    Component option = option(HitAddress.of(hit, administers), match, where);
    if (hit instanceof Hit.OfStack found) {
      option.getElement().appendChild(StateBadge.of(found.status()).getElement());
    }
    return option;
  }

  private Component option(HitAddress address, Component... shown) {
    Anchor option = new Anchor(address.href());
    option.setId("search-hit-" + options.size());
    option.getElement().setAttribute("role", "option").setAttribute("aria-selected", "false");
    option.getElement().setAttribute("tabindex", "-1");
    option.getElement().addEventListener("click", click -> forget());
    option.add(shown);
    addresses.add(address);
    options.add(option);
    return option;
  }

  private String where(Hit hit) {
    if (hit instanceof Hit.OfStack found) {
      return where(found);
    }
    return hit instanceof Hit.InCloud found ? where(found) : where((Hit.Named) hit);
  }

  private String where(Hit.InCloud hit) {
    List<String> words = new ArrayList<>();
    words.add(getTranslation("inventory.one." + hit.resource().text()));
    if (!hit.match().equals(hit.name()) && !hit.name().isEmpty()) {
      words.add(hit.name());
    }
    words.add(hit.cloud() + " / " + hit.region());
    words.add(hit.in().toString());
    return String.join(" · ", words);
  }

  private static String where(Hit.Named hit) {
    List<String> words = new ArrayList<>();
    if (hit.kind() == Hit.Kind.CLOUD) {
      words.add(hit.id());
    }
    hit.at().ifPresent(at -> words.add(Reader.formats().dateTime(at)));
    hit.project().ifPresent(project -> words.add(project.toString()));
    return String.join(" · ", words);
  }

  private static String where(Hit.OfStack hit) {
    List<String> words = new ArrayList<>();
    hit.part()
        .ifPresent(
            part -> {
              if (hit.kind() != Hit.Kind.RESOURCE) {
                words.add(part.resource());
              }
              words.add(part.cloud() + " / " + part.region());
            });
    if (hit.kind() != Hit.Kind.STACK) {
      words.add(hit.stackName());
    }
    words.add(hit.in().toString());
    return String.join(" · ", words);
  }

  private void move(int by) {
    if (options.isEmpty()) {
      return;
    }
    show(true);
    select(Math.floorMod(active < 0 && by < 0 ? active : active + by, options.size()));
  }

  private void select(int index) {
    for (int i = 0; i < options.size(); i++) {
      options.get(i).getElement().setAttribute("aria-selected", Boolean.toString(i == index));
    }
    active = index;
    options.get(index).getElement().executeJs("this.scrollIntoView({block: 'nearest'})");
    field
        .getElement()
        .executeJs(
            "this.inputElement.setAttribute('aria-activedescendant', $0)",
            options.get(index).getId().orElse(""));
  }

  private void open() {
    if (addresses.isEmpty()) {
      return;
    }
    HitAddress address = addresses.get(Math.max(0, active));
    forget();
    getUI().ifPresent(ui -> ui.navigate(address.path(), address.query()));
  }

  /** It was found: the next search begins anew. */
  private void forget() {
    field.clear();
    close();
  }

  private void close() {
    show(false);
  }

  private void show(boolean open) {
    panel.setVisible(open);
    tellState(open && !options.isEmpty());
  }

  private void tellState(boolean expanded) {
    field
        .getElement()
        .executeJs(
            "const input = this.inputElement; if (!input) { return; }"
                + " input.setAttribute('role', 'combobox');"
                + " input.setAttribute('aria-autocomplete', 'list');"
                + " input.setAttribute('aria-expanded', $0);"
                + " if ($0) { input.setAttribute('aria-controls', $1); }"
                + " else { input.removeAttribute('aria-controls'); }"
                + " input.removeAttribute('aria-activedescendant');",
            expanded,
            LIST_ID);
  }
}
