package io.isthmus.ui.unsent;

import static org.assertj.core.api.Assertions.assertThat;

import com.vaadin.flow.component.textfield.TextField;
import java.util.Map;
import org.junit.jupiter.api.Test;

class KeptFormDialogTest {

  private static final String FIELD = "field";

  private final UnsentForm unsent = new UnsentForm(new Shelf<>(kept -> 1, 100), "alice", "a form");

  /** One field, in which “as it is” stands when nobody has typed. */
  private static final class Form extends KeptFormDialog {

    private static final long serialVersionUID = 1L;
    private final TextField field = new TextField();

    Form(UnsentForm unsent) {
      super(unsent);
      field.addValueChangeListener(change -> keep());
      reset();
      lay("1px", "Send", field);
    }

    @Override
    protected boolean isTyped() {
      return !field.getValue().equals("as it is");
    }

    @Override
    protected Map<String, String> typed() {
      return Map.of(FIELD, field.getValue());
    }

    @Override
    protected void fill(Map<String, String> kept) {
      field.setValue(kept.get(FIELD));
    }

    @Override
    protected void reset() {
      field.setValue("as it is");
    }

    @Override
    protected void submit() {
      send(() -> {}, () -> {});
    }
  }

  @Test
  void whatWasTypedIsThereAgainUntilItIsSent() {
    new Form(unsent).field.setValue("typed");

    Form again = new Form(unsent);
    assertThat(again.field.getValue()).isEqualTo("typed");
    again.submit();
    assertThat(unsent.find()).isEmpty();
    assertThat(new Form(unsent).field.getValue()).isEqualTo("as it is");
  }

  @Test
  void whatIsAsItWasIsNotKept() {
    Form form = new Form(unsent);
    form.field.setValue("typed");
    form.field.setValue("as it is");

    assertThat(unsent.find()).isEmpty();
  }
}
