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

/** One saved policy. */
@RouteScoped
@Route(value = "policies/:name", layout = MainLayout.class)
public class PolicyView extends SavedItemView {

  private static final long serialVersionUID = 1L;

  @Inject
  PolicyView(Callers callers, CurrentProject current, Library library, LiveUpdates live) {
    super(ItemKind.POLICY, callers, current, library, live);
  }
}
