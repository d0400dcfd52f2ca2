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
import io.isthmus.ui.element.StateBadge;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.function.Function;

/**
 * One field that finds stacks, resources, addresses and ids. “/” goes to it, arrows choose, Enter
 * opens, Escape closes.
 *
 * @see "WAI-ARIA Authoring Practices, combobox with a list"
 */
public class SearchBox extends Div {

  private static final long serialVersionUID = 1L;

  private static final String LIST_ID = "search-results";
  private static final int TYPING_MILLIS = 250;

  private final transient Function<String, List<Hit>> search;
  private final TextField field = new TextField();
  private final Div panel = new Div();
  private final Div list = new Div();
  private final Div told = new Div();
  private final transient List<Hit> hits = new ArrayList<>();
  private final List<Anchor> options = new ArrayList<>();
  private int active = -1;

  /**
   * @param search gives what fits a text, the best first within each kind
   */
  public SearchBox(Function<String, List<Hit>> search) {
    this.search = search;
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
    hits.clear();
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
    byKind.forEach((kind, found) -> list.add(group(kind, found)));
    told.setText(
        hits.isEmpty()
            ? getTranslation("search.none", text)
            : getTranslation("search.found", hits.size()));
    show(true);
  }

  private Component group(Hit.Kind kind, List<Hit> found) {
    String name = getTranslation("search.kind." + kind.text());
    Div group = new Div();
    group.getElement().setAttribute("role", "group");
    group.getElement().setAttribute("aria-label", name);
    Div head = new Div(name);
    head.addClassName("search-kind");
    head.getElement().setAttribute("role", "presentation");
    group.add(head);
    found.forEach(hit -> group.add(option(hit)));
    return group;
  }

  private Component option(Hit hit) {
    Anchor option = new Anchor(HitAddress.of(hit).href());
    option.setId("search-hit-" + options.size());
    option.getElement().setAttribute("role", "option").setAttribute("aria-selected", "false");
    option.getElement().setAttribute("tabindex", "-1");
    Span match = new Span(hit.match());
    match.addClassName(
        hit.kind() == Hit.Kind.ADDRESS || hit.kind() == Hit.Kind.ID ? "mono" : "strong");
    Span where = new Span(where(hit));
    where.addClassNames("quiet", "small", "clip", "grow");
    option.add(match, where, StateBadge.of(hit.status()));
    hits.add(hit);
    options.add(option);
    return option;
  }

  private String where(Hit hit) {
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
    words.add(hit.project().toString());
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
    if (hits.isEmpty()) {
      return;
    }
    HitAddress address = HitAddress.of(hits.get(Math.max(0, active)));
    close();
    getUI().ifPresent(ui -> ui.navigate(address.path(), address.query()));
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
