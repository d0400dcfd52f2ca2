package io.isthmus.ui.price;

import com.vaadin.flow.component.html.ListItem;
import com.vaadin.flow.component.html.Paragraph;
import com.vaadin.flow.component.html.UnorderedList;
import io.isthmus.domain.fault.FederationFault;
import io.isthmus.domain.fault.Violation;
import io.isthmus.ui.element.Notice;
import io.isthmus.ui.element.Reader;
import io.isthmus.ui.widget.Mark;
import java.util.Locale;

/** What is wrong in a file, line by line. */
class FileNotice extends Notice {

  private static final long serialVersionUID = 1L;

  FileNotice(String name, FederationFault fault) {
    super(Mark.FAILED, name);
    Locale locale = Reader.locale();
    add(new Paragraph(fault.phrase().in(locale)));
    UnorderedList list = new UnorderedList();
    for (Violation violation : fault.violations()) {
      String words = Notice.words(violation, locale);
      list.add(
          new ListItem(
              violation.line() > 0
                  ? getTranslation("price.at-line", violation.line(), words)
                  : words));
    }
    if (!fault.violations().isEmpty()) {
      add(list);
    }
  }
}
