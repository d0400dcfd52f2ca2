package io.isthmus.ui.cloud;

import com.vaadin.flow.component.html.ListItem;
import com.vaadin.flow.component.html.UnorderedList;
import io.isthmus.domain.cloud.EntryProblem;
import io.isthmus.ui.element.Notice;
import io.isthmus.ui.widget.Mark;
import java.util.List;

/** Mistakes in a file of clouds: file, line, what is wrong, and the remedy. */
class EntryProblems extends Notice {

  private static final long serialVersionUID = 1L;

  EntryProblems(String title, List<EntryProblem> problems) {
    super(Mark.FAILED, title);
    UnorderedList list = new UnorderedList();
    list.addClassName("reasons");
    problems.forEach(problem -> list.add(new ListItem(problem.in(getLocale()))));
    add(list);
  }
}
