package io.isthmus.ui.library;

import com.vaadin.cdi.annotation.RouteScoped;
import com.vaadin.flow.router.Route;
import io.isthmus.domain.access.Callers;
import io.isthmus.domain.library.ItemKind;
import io.isthmus.domain.library.Library;
import io.isthmus.ui.shell.CurrentProject;
import io.isthmus.ui.shell.LiveUpdates;
import io.isthmus.ui.shell.MainLayout;
import jakarta.inject.Inject;

/** Templates that the project keeps. */
@RouteScoped
@Route(value = "templates", layout = MainLayout.class)
public class TemplatesView extends SavedItemsView {

  private static final long serialVersionUID = 1L;

  @Inject
  TemplatesView(Callers callers, CurrentProject current, Library library, LiveUpdates live) {
    super(ItemKind.TEMPLATE, callers, current, library, live);
  }
}
