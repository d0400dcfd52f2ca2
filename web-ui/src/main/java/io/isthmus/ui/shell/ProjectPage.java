package io.isthmus.ui.shell;

import com.vaadin.flow.component.button.Button;
import com.vaadin.flow.component.button.ButtonVariant;
import com.vaadin.flow.component.html.Anchor;
import com.vaadin.flow.router.BeforeEnterEvent;
import com.vaadin.flow.router.BeforeEnterObserver;
import io.isthmus.domain.access.Caller;
import io.isthmus.domain.access.Callers;
import io.isthmus.domain.access.ProjectId;
import io.isthmus.ui.element.EmptyState;
import java.util.Optional;

/**
 * A page of the project that the reader works in. Who belongs to none is told so, and what to do
 * about it.
 */
public abstract class ProjectPage extends Page implements BeforeEnterObserver {

  private static final long serialVersionUID = 1L;

  private final transient Callers callers;
  private final transient CurrentProject current;

  private transient Caller caller;
  private transient Optional<ProjectId> project = Optional.empty();

  protected ProjectPage(Callers callers, CurrentProject current) {
    this.callers = callers;
    this.current = current;
  }

  @Override
  public final void beforeEnter(BeforeEnterEvent event) {
    caller = callers.current();
    project = current.find(caller);
    if (project.isEmpty() && !isOpenWithoutProject(caller)) {
      setActions();
      setContent(noProject());
      return;
    }
    enter(event);
  }

  /** Shows what the address asks for; there is a project, unless the page is open without one. */
  protected abstract void enter(BeforeEnterEvent event);

  /** Whether the page has something to show to who belongs to no project. */
  protected boolean isOpenWithoutProject(Caller reader) {
    return false;
  }

  /** Where who administers the federation and belongs to no project finds what is akin. */
  protected Anchor instead() {
    return new Anchor("/clouds", getTranslation("overview.to-clouds"));
  }

  /** Has the page refreshed when something happened in the project, as long as it is shown. */
  protected final void follow(LiveUpdates live, Runnable refresh) {
    addAttachListener(
        attached -> {
          if (project.isPresent() || isOpenWithoutProject(caller)) {
            live.follow(this, Optional.empty(), refresh);
          }
        });
  }

  /** Who reads; known from {@link #enter} on. */
  protected final Caller caller() {
    return caller;
  }

  /** Where the reader works; known from {@link #enter} on. */
  protected final ProjectId project() {
    return project.orElseThrow();
  }

  /** As {@link #project()}, where the page is open without one. */
  protected final Optional<ProjectId> projectIfAny() {
    return project;
  }

  /** The way to a new stack, as the page's main action. */
  protected final Button newStack() {
    Button create =
        new Button(
            getTranslation("stacks.new"),
            click -> getUI().ifPresent(ui -> ui.navigate("stacks/new")));
    create.addThemeVariants(ButtonVariant.LUMO_PRIMARY);
    return create;
  }

  private EmptyState noProject() {
    String title = getTranslation("overview.no-project");
    return caller.isFederationAdmin()
        ? new EmptyState(title, getTranslation("overview.no-project-admin"), instead())
        : new EmptyState(title, getTranslation("overview.no-project-words", caller.name()));
  }
}
