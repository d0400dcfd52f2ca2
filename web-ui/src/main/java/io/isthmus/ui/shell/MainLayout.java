package io.isthmus.ui.shell;

import com.vaadin.cdi.annotation.RouteScoped;
import com.vaadin.flow.component.AttachEvent;
import com.vaadin.flow.component.Component;
import com.vaadin.flow.component.UI;
import com.vaadin.flow.component.applayout.AppLayout;
import com.vaadin.flow.component.applayout.DrawerToggle;
import com.vaadin.flow.component.button.Button;
import com.vaadin.flow.component.button.ButtonVariant;
import com.vaadin.flow.component.confirmdialog.ConfirmDialog;
import com.vaadin.flow.component.contextmenu.MenuItem;
import com.vaadin.flow.component.dialog.Dialog;
import com.vaadin.flow.component.html.Anchor;
import com.vaadin.flow.component.html.Div;
import com.vaadin.flow.component.html.Nav;
import com.vaadin.flow.component.html.Span;
import com.vaadin.flow.component.menubar.MenuBar;
import com.vaadin.flow.component.menubar.MenuBarVariant;
import com.vaadin.flow.dom.ThemeList;
import com.vaadin.flow.router.AfterNavigationEvent;
import com.vaadin.flow.router.AfterNavigationObserver;
import com.vaadin.flow.router.BeforeEnterEvent;
import com.vaadin.flow.router.BeforeEnterObserver;
import com.vaadin.flow.router.HighlightConditions;
import com.vaadin.flow.router.NavigationTrigger;
import com.vaadin.flow.router.RouterLink;
import com.vaadin.flow.theme.lumo.Lumo;
import io.isthmus.domain.access.Caller;
import io.isthmus.domain.access.Callers;
import io.isthmus.domain.access.ProjectId;
import io.isthmus.domain.notice.Audience;
import io.isthmus.domain.notice.Notices;
import io.isthmus.domain.search.Search;
import io.isthmus.ui.access.ApiAccessView;
import io.isthmus.ui.element.Glyph;
import io.isthmus.ui.element.Reader;
import io.isthmus.ui.notice.Bell;
import io.isthmus.ui.search.SearchBox;
import jakarta.enterprise.inject.Instance;
import jakarta.inject.Inject;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import org.eclipse.microprofile.config.inject.ConfigProperty;

/** The frame around every page: where one is, as whom, in which project, and where one can go. */
@RouteScoped
public class MainLayout extends AppLayout implements BeforeEnterObserver, AfterNavigationObserver {

  private static final long serialVersionUID = 1L;

  private static final String PROJECT = "project";

  /** Names the project ($1) of the page that is shown in its address, under $0, if it is not. */
  private static final String NAMING =
      "if (window.isthmusProject === undefined) {"
          + " window.addEventListener('vaadin-navigated', () => {"
          + "  const here = new URL(window.location.href);"
          + "  if (window.isthmusProject && !here.searchParams.has($0)) {"
          + "   here.search += (here.search ? '&' : '?') + $0 + '='"
          + "    + encodeURIComponent(window.isthmusProject).replaceAll('%2F', '/');"
          + "   window.history.replaceState(window.history.state, '', here);"
          + "  } }); }"
          + " window.isthmusProject = $1;";

  private final transient Caller caller;
  private final transient CurrentProject project;
  private final transient Search search;
  private final transient Notices notices;
  private final transient LiveUpdates live;
  private final transient List<NavigationEntry> entries;
  private final Bell bell = new Bell(this::unseen);
  private final List<RouterLink> links = new ArrayList<>();
  private final Div projectPlace = new Div();
  private String shownPath = "";

  /**
   * @param mode {@code evaluation}, or empty for production
   */
  @Inject
  public MainLayout(
      Callers callers,
      CurrentProject project,
      Search search,
      Notices notices,
      LiveUpdates live,
      Instance<NavigationEntry> entries,
      @ConfigProperty(name = "isthmus.mode") Optional<String> mode) {
    this.caller = callers.current();
    this.project = project;
    this.search = search;
    this.notices = notices;
    this.live = live;
    this.entries = entries.stream().toList();
    Div bar = new Div();
    bar.setWidthFull();
    bar.add(skipLink());
    mode.filter("evaluation"::equals).ifPresent(evaluation -> bar.add(evaluationBanner()));
    bar.add(new SignInWatch(callers));
    bar.add(topBar());
    addToNavbar(bar);
    addToDrawer(navigation());
    setPrimarySection(Section.NAVBAR);
    setI18n(new AppLayoutI18n().setDrawer(getTranslation("shell.menu")));
  }

  /** Past all that is on every page; the first thing that Tab comes to. */
  private Component skipLink() {
    Anchor skip = new Anchor("#content", getTranslation("shell.skip"));
    skip.addClassName("skip-link");
    skip.setRouterIgnore(true);
    // The address says what the page shows, so that it stays.
    skip.getElement().addEventListener("click", click -> {}).preventDefault();
    skip.getElement()
        .executeJs(
            "this.addEventListener('click', () => {"
                + " const page = document.querySelector('.page');"
                + " if (page) { page.tabIndex = -1; page.focus(); } })");
    return skip;
  }

  private Component evaluationBanner() {
    Span more = new Span(" " + getTranslation("shell.evaluation-more"));
    more.addClassName("wide-only");
    Div banner = new Div(new Span(getTranslation("shell.evaluation")), more);
    banner.addClassName("evaluation-banner");
    banner.getElement().setAttribute("role", "note");
    return banner;
  }

  private Component topBar() {
    DrawerToggle toggle = new DrawerToggle();
    toggle.setAriaLabel(getTranslation("shell.menu"));
    Anchor brand = new Anchor("/");
    brand.addClassName("brand");
    Span name = new Span("Isthmus");
    name.addClassName("wide-only");
    brand.add(name);
    brand.getElement().setAttribute("aria-label", "Isthmus");
    Span grow = new Span();
    grow.addClassName("grow");
    projectPlace.addClassName("project-place");
    projectPlace.add(projectMenu());
    Div bar =
        new Div(
            toggle,
            brand,
            projectPlace,
            new SearchBox(
                text -> search.find(text, SearchBox.ASKED, caller), caller.isFederationAdmin()),
            grow,
            bell,
            languageButton(),
            lookButton(),
            userMenu());
    bar.addClassName("top-bar");
    return bar;
  }

  private MenuBar menu() {
    MenuBar menu = new MenuBar();
    menu.addThemeVariants(MenuBarVariant.LUMO_TERTIARY, MenuBarVariant.LUMO_SMALL);
    menu.setI18n(new MenuBar.MenuBarI18n().setMoreOptions(getTranslation("shell.more-options")));
    return menu;
  }

  private Component projectMenu() {
    MenuBar menu = menu();
    Optional<ProjectId> current = project.find(caller);
    MenuItem item =
        menu.addItem(current.map(MainLayout::shown).orElse(getTranslation("shell.no-project")));
    item.setAriaLabel(getTranslation("shell.project", item.getText()));
    for (ProjectId each : project.projects(caller)) {
      MenuItem choice = item.getSubMenu().addItem(shown(each), click -> switchTo(each));
      choice.setCheckable(true);
      choice.setChecked(current.filter(each::equals).isPresent());
    }
    return menu;
  }

  private static String shown(ProjectId project) {
    return project.tenant() + " / " + project.project();
  }

  private void switchTo(ProjectId chosen) {
    project.choose(chosen, caller);
    getUI().ifPresent(ui -> ui.getPage().setLocation("/"));
  }

  /** An address that names a project is read in that one, by those who belong to it. */
  @Override
  public void beforeEnter(BeforeEnterEvent event) {
    if (!ProjectPage.class.isAssignableFrom(event.getNavigationTarget())) {
      return;
    }
    Optional<ProjectId> asked =
        event
            .getLocation()
            .getQueryParameters()
            .getSingleParameter(PROJECT)
            .flatMap(MainLayout::read);
    if (asked.isPresent() && !asked.equals(project.find(caller))) {
      project.choose(asked.get(), caller);
      projectPlace.removeAll();
      projectPlace.add(projectMenu());
      bell.refresh();
    }
  }

  private static Optional<ProjectId> read(String text) {
    try {
      return Optional.of(ProjectId.parse(text));
    } catch (IllegalArgumentException e) {
      // Like one that the reader does not belong to.
      return Optional.empty();
    }
  }

  /**
   * So that an address can be shared among those who have several projects. The browser alone is
   * told, and only once it is there: whatever goes through the router while another navigation is
   * under way may be taken for one of its own, and then the page is drawn twice.
   *
   * @see "Vaadin Flow.tsx: blockerHandled, navigated; vaadin-navigated is fired when all is done"
   */
  private void nameProject(AfterNavigationEvent event) {
    boolean isNamed =
        event.getActiveChain().get(0) instanceof ProjectPage && project.projects(caller).size() > 1;
    getElement()
        .executeJs(
            NAMING,
            PROJECT,
            isNamed ? project.find(caller).map(ProjectId::toString).orElse("") : "");
  }

  private Component languageButton() {
    Locale other =
        getLocale().getLanguage().equals(Locale.FRENCH.getLanguage())
            ? Locale.ENGLISH
            : Locale.FRENCH;
    Button button =
        new Button(
            other.getLanguage().toUpperCase(Locale.ROOT),
            click ->
                getUI()
                    .ifPresent(
                        ui -> {
                          Preferences.keepLanguage(ui, other);
                          ui.getSession().setLocale(other);
                          ui.getPage().reload();
                        }));
    button.addThemeVariants(ButtonVariant.LUMO_TERTIARY, ButtonVariant.LUMO_SMALL);
    button.setAriaLabel(other.getDisplayLanguage(other));
    button.getElement().setAttribute("lang", other.getLanguage());
    button.setTooltipText(other.getDisplayLanguage(other));
    return button;
  }

  private Component lookButton() {
    Button button =
        new Button(
            Glyph.LOOK.create(),
            click ->
                getUI()
                    .ifPresent(
                        ui -> {
                          ThemeList themes = ui.getElement().getThemeList();
                          boolean dark = !themes.contains(Lumo.DARK);
                          themes.set(Lumo.DARK, dark);
                          Preferences.keepLook(
                              ui, dark ? Preferences.Look.DARK : Preferences.Look.LIGHT);
                        }));
    button.addThemeVariants(
        ButtonVariant.LUMO_TERTIARY, ButtonVariant.LUMO_SMALL, ButtonVariant.LUMO_ICON);
    button.setAriaLabel(getTranslation("shell.look"));
    button.setTooltipText(getTranslation("shell.look"));
    return button;
  }

  private Component userMenu() {
    MenuBar menu = menu();
    MenuItem user = menu.addItem(caller.name());
    user.setAriaLabel(getTranslation("shell.user", caller.name()));
    user.getSubMenu()
        .addItem(
            getTranslation("api-access.title"),
            click -> getUI().ifPresent(ui -> ui.navigate(ApiAccessView.class)));
    user.getSubMenu()
        .addItem(
            getTranslation("shell.sign-out"),
            click -> getUI().ifPresent(ui -> ui.getPage().setLocation("/logout")));
    return menu;
  }

  private Component navigation() {
    Nav nav = new Nav();
    nav.addClassName("nav");
    nav.setAriaLabel(getTranslation("shell.navigation"));
    List<NavigationEntry> shown =
        entries.stream()
            .filter(entry -> entry.isFor(caller))
            .sorted(Comparator.comparing(NavigationEntry::order))
            .toList();
    shown.stream().filter(entry -> !entry.isAdministration()).map(this::link).forEach(nav::add);
    List<NavigationEntry> administration =
        shown.stream().filter(NavigationEntry::isAdministration).toList();
    if (!administration.isEmpty()) {
      Span section = new Span(getTranslation("shell.administration"));
      section.addClassName("section");
      nav.add(section);
      administration.stream().map(this::link).forEach(nav::add);
    }
    return nav;
  }

  private RouterLink link(NavigationEntry entry) {
    RouterLink link = new RouterLink(getTranslation(entry.title()), entry.page());
    link.setHighlightCondition(HighlightConditions.never());
    links.add(link);
    return link;
  }

  @Override
  public void afterNavigation(AfterNavigationEvent event) {
    nameProject(event);
    String path = event.getLocation().getPath();
    if (!path.equals(shownPath)
        && event.getLocationChangeEvent().getTrigger() != NavigationTrigger.HISTORY) {
      // Another page begins at its head; going back leaves it to the browser.
      // What scrolls is the frame's inside, not the window.
      getElement()
          .executeJs(
              "const inside = this.shadowRoot && this.shadowRoot.querySelector('[content]');"
                  + " if (inside) { inside.scrollTop = 0; }");
    }
    shownPath = path;
    for (RouterLink link : links) {
      boolean here =
          link.getHref().isEmpty()
              ? path.isEmpty()
              : path.equals(link.getHref()) || path.startsWith(link.getHref() + "/");
      if (here) {
        link.getElement().setAttribute("aria-current", "page");
      } else {
        link.getElement().removeAttribute("aria-current");
      }
    }
  }

  private int unseen() {
    return Audience.of(project.find(caller), caller).stream()
        .mapToInt(whose -> notices.unseen(whose, caller))
        .sum();
  }

  private static void closeDialogs(UI ui) {
    ui.getChildren()
        .forEach(
            child -> {
              if (child instanceof Dialog dialog) {
                dialog.close();
              } else if (child instanceof ConfirmDialog question) {
                question.close();
              }
            });
  }

  @Override
  protected void onAttach(AttachEvent attached) {
    super.onAttach(attached);
    live.follow(this, Optional.empty(), bell::refresh);
    UI ui = attached.getUI();
    // What a dialog asks is about the page on which it was opened.
    ui.addBeforeEnterListener(entering -> closeDialogs(ui));
    ui.getPage()
        .executeJs("return Intl.DateTimeFormat().resolvedOptions().timeZone")
        .then(
            String.class,
            zone -> {
              // Only the first page after signing in is drawn before the zone is known.
              if (Reader.setZone(zone)) {
                ui.refreshCurrentRoute(false);
              }
            });
  }
}
