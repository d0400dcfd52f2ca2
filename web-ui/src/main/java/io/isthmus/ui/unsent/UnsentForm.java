package io.isthmus.ui.unsent;

import com.vaadin.flow.component.Component;
import com.vaadin.flow.component.button.Button;
import com.vaadin.flow.component.button.ButtonVariant;
import com.vaadin.flow.component.html.Div;
import com.vaadin.flow.component.html.Paragraph;
import io.isthmus.domain.unsent.UnsentTexts;
import io.isthmus.domain.unsent.UnsentTexts.Kept;
import io.isthmus.domain.unsent.UnsentTexts.Shelf;
import io.isthmus.ui.element.Notice;
import io.isthmus.ui.widget.Mark;
import java.util.Map;
import java.util.Optional;
import java.util.logging.Level;
import java.util.logging.Logger;

/** One form of one person. */
public final class UnsentForm {

  private static final Logger LOG = Logger.getLogger(UnsentForm.class.getName());

  private final UnsentTexts texts;
  private final String person;
  private final String name;

  UnsentForm(UnsentTexts texts, String person, String name) {
    this.texts = texts;
    this.person = person;
    this.name = name;
  }

  /** What was typed before, by field. */
  public Optional<Map<String, String>> find() {
    return texts.find(person, Shelf.FORM, name).map(Kept::text).map(FormTexts::read);
  }

  /**
   * In the place of what was typed before. What cannot be kept now stands in the page all the same;
   * it is tried again with the next change.
   */
  public void keep(Map<String, String> typed) {
    tried(() -> texts.put(person, Shelf.FORM, name, FormTexts.write(typed)));
  }

  /** It was sent, or given up. */
  public void forget() {
    tried(() -> texts.remove(person, Shelf.FORM, name));
  }

  private void tried(Runnable change) {
    try {
      change.run();
    } catch (RuntimeException e) {
      LOG.log(Level.WARNING, "what was typed into " + name + " is not kept", e);
    }
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
