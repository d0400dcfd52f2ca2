package io.isthmus.ui.list;

import com.vaadin.flow.component.button.Button;
import com.vaadin.flow.component.button.ButtonVariant;
import com.vaadin.flow.component.html.Div;
import com.vaadin.flow.component.html.Span;
import java.util.function.IntConsumer;

/** From page to page. */
class Pager extends Div {

  private static final long serialVersionUID = 1L;

  private final Button before = new Button();
  private final Button after = new Button();
  private final Span where = new Span();
  private int page = 1;

  Pager(IntConsumer go) {
    addClassNames("pager", "row");
    getElement().setAttribute("role", "navigation");
    getElement().setAttribute("aria-label", getTranslation("list.pages"));
    before.setText(getTranslation("list.before"));
    before.addClickListener(click -> go.accept(page - 1));
    after.setText(getTranslation("list.after"));
    after.addClickListener(click -> go.accept(page + 1));
    for (Button button : new Button[] {before, after}) {
      button.addThemeVariants(ButtonVariant.LUMO_SMALL);
    }
    where.addClassName("count");
    add(before, where, after);
  }

  void show(int shownPage, int size, ListSlice<?> slice) {
    page = shownPage;
    long pages = Math.max(1, (slice.total() + size - 1) / size);
    setVisible(pages > 1 || slice.andMore());
    before.setEnabled(page > 1);
    after.setEnabled(page < pages || slice.andMore());
    where.setText(getTranslation(slice.andMore() ? "list.page-more" : "list.page", page, pages));
  }
}
