package io.isthmus.ui.unsent;

import static org.assertj.core.api.Assertions.assertThat;

import com.vaadin.flow.component.UI;
import com.vaadin.flow.component.textfield.TextField;
import io.isthmus.domain.access.Caller;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class KeptFormDialogTest {

  private static final String WORD = "word";
  private static final Caller ALICE = new Caller("1", "alice", Set.of(), Set.of());

  private final TextsInMemory texts = new TextsInMemory();
  private final UnsentForm unsent = new UnsentForms(texts).of(ALICE, "form");

  /** Shows what is there before it is laid out, as those do whose fields have a value already. */
  private static final class Form extends KeptFormDialog {

    private static final long serialVersionUID = 1L;
    private static final String THERE = "there";

    private final TextField field = new TextField();

    private Form(UnsentForm unsent) {
      super(unsent);
      field.addValueChangeListener(change -> keep());
      field.setValue(THERE);
      lay("100px", "act", field);
    }

    @Override
    protected Map<String, String> typed() {
      return Map.of(WORD, field.getValue());
    }

    @Override
    protected void fill(Map<String, String> kept) {
      field.setValue(kept.get(WORD));
    }

    @Override
    protected void reset() {
      field.setValue(THERE);
    }

    @Override
    protected boolean isTyped() {
      return !field.getValue().equals(THERE);
    }

    @Override
    protected void submit() {
      send(() -> {}, () -> {});
    }
  }

  /** Held here: what is current is held weakly alone. */
  private UI ui;

  @BeforeEach
  void readEnglish() {
    ui = new UI();
    ui.setLocale(Locale.ENGLISH);
    UI.setCurrent(ui);
  }

  @AfterEach
  void readNoMore() {
    UI.setCurrent(null);
  }

  @Test
  void whatWasTypedIsThereEachTimeThatItIsOpened() {
    new Form(unsent).field.setValue("typed");
    assertThat(new Form(unsent).field.getValue()).isEqualTo("typed");
    assertThat(new Form(unsent).field.getValue()).isEqualTo("typed");
    assertThat(unsent.find()).contains(Map.of(WORD, "typed"));
  }

  @Test
  void whatIsTypedBackOrSentIsForgotten() {
    Form form = new Form(unsent);
    form.field.setValue("typed");
    form.reset();
    assertThat(unsent.find()).isEmpty();
    form.field.setValue("typed");
    form.submit();
    assertThat(unsent.find()).isEmpty();
  }

  @Test
  void whatCannotBeKeptNowIsKeptWithTheNextChange() {
    Form form = new Form(unsent);
    texts.setAway(true);
    form.field.setValue("typed");
    texts.setAway(false);
    assertThat(unsent.find()).isEmpty();

    form.field.setValue("typed again");
    assertThat(unsent.find()).contains(Map.of(WORD, "typed again"));
  }

  @Test
  void signingOutForgetsAllForms() {
    new Form(unsent).field.setValue("typed");
    new UnsentForms(texts).forgetAll(ALICE);
    assertThat(unsent.find()).isEmpty();
  }
}
