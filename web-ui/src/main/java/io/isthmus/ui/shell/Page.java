package io.isthmus.ui.shell;

import com.vaadin.flow.component.Component;
import com.vaadin.flow.component.html.Div;
import com.vaadin.flow.component.html.H1;
import com.vaadin.flow.component.html.Paragraph;
import com.vaadin.flow.router.HasDynamicTitle;

/** A page: title and one sentence that says what is true now, actions at the right, content. */
public abstract class Page extends Div implements HasDynamicTitle {

  private static final long serialVersionUID = 1L;

  private final H1 title = new H1();
  private final Div titleRow = new Div(title);
  private final Paragraph sentence = new Paragraph();
  private final Div titles = new Div(titleRow, sentence);
  private final Div actions = new Div();
  private final Div content = new Div();

  protected Page() {
    addClassName("page");
    titleRow.addClassName("title-row");
    sentence.addClassName("sentence");
    titles.addClassName("titles");
    actions.addClassName("actions");
    content.addClassName("stack-wide");
    Div head = new Div(titles, actions);
    head.addClassName("page-head");
    add(head, content);
  }

  /** What the page is called, in the browser too. */
  protected final void setPageTitle(String text) {
    title.setText(text);
    getUI().ifPresent(ui -> ui.getPage().setTitle(getTranslation("shell.title", title.getText())));
  }

  /** What is true now, in one sentence. */
  protected final void setSentence(String text) {
    sentence.setText(text);
  }

  /** What stands beside the title, such as its state. */
  protected final void setBeside(Component... components) {
    titleRow.removeAll();
    titleRow.add(title);
    titleRow.add(components);
  }

  /** The way back to what this belongs to. */
  protected final void setBreadcrumb(Component... steps) {
    Div breadcrumb = new Div(steps);
    breadcrumb.addClassName("breadcrumb");
    titles.addComponentAsFirst(breadcrumb);
  }

  protected final void setActions(Component... components) {
    actions.removeAll();
    actions.add(components);
  }

  protected final void setContent(Component... components) {
    content.removeAll();
    content.add(components);
  }

  @Override
  public String getPageTitle() {
    return getTranslation("shell.title", title.getText());
  }
}
