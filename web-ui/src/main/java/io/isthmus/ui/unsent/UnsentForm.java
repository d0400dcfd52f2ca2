package io.isthmus.ui.unsent;

import com.vaadin.flow.component.Component;
import com.vaadin.flow.component.button.Button;
import com.vaadin.flow.component.button.ButtonVariant;
import com.vaadin.flow.component.html.Div;
import com.vaadin.flow.component.html.Paragraph;
import io.isthmus.ui.element.Notice;
import io.isthmus.ui.widget.Mark;
import java.util.Map;
import java.util.Optional;

/** One form of one person. */
public final class UnsentForm {

  private final Shelf<Map<String, String>> shelf;
  private final String person;
  private final String name;

  UnsentForm(Shelf<Map<String, String>> shelf, String person, String name) {
    this.shelf = shelf;
    this.person = person;
    this.name = name;
  }

  /** What was typed before, by field. */
  public Optional<Map<String, String>> find() {
    return shelf.find(person, name);
  }

  /** In the place of what was typed before. */
  public void keep(Map<String, String> texts) {
    shelf.put(person, name, Map.copyOf(texts));
  }

  /** It was sent, or given up. */
  public void forget() {
    shelf.remove(person, name);
  }

  /**
   * Says that what stands here was typed before, and offers to begin anew.
   *
   * @param reader for the language
   * @param anew empties the form
   */
  public Notice resumed(Component reader, Runnable anew) {
    Div place = new Div();
    Button begin =
        new Button(
            reader.getTranslation("unsent.anew"),
            click -> {
              forget();
              anew.run();
              place.getParent().ifPresent(notice -> notice.removeFromParent());
            });
    begin.addThemeVariants(ButtonVariant.LUMO_SMALL);
    place.add(new Paragraph(reader.getTranslation("unsent.resumed")), begin);
    place.addClassNames("row", "between");
    return new Notice(Mark.PROGRESS, "", place);
  }
}
