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

/** One saved template. */
@RouteScoped
@Route(value = "templates/:name", layout = MainLayout.class)
public class TemplateView extends SavedItemView {

  private static final long serialVersionUID = 1L;

  @Inject
  TemplateView(Callers callers, CurrentProject current, Library library, LiveUpdates live) {
    super(ItemKind.TEMPLATE, callers, current, library, live);
  }
}
