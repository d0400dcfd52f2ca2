package io.isthmus.ui.stack;

import com.vaadin.flow.component.Component;
import com.vaadin.flow.component.button.Button;
import com.vaadin.flow.component.button.ButtonVariant;
import com.vaadin.flow.component.html.Anchor;
import com.vaadin.flow.component.html.Div;
import com.vaadin.flow.component.html.Paragraph;
import io.isthmus.domain.cloud.CloudId;
import io.isthmus.domain.insurance.Rehearsal;
import io.isthmus.ui.element.Clouds;
import io.isthmus.ui.element.EmptyState;
import io.isthmus.ui.element.Moment;
import io.isthmus.ui.element.Table;
import io.isthmus.ui.insurance.LossWords;
import java.util.List;
import java.util.function.Supplier;

/** Losses of clouds that were played for the stack, and the way to play another. */
class RehearsalsTab extends StackTab {

  private static final long serialVersionUID = 1L;

  private final transient Supplier<List<Rehearsal>> rehearsals;
  private final Button begin = new Button(getTranslation("rehearsal.begin"));
  private final Div content = new Div();
  private final transient Table<Rehearsal> table;
  private final transient LossWords words = new LossWords(this);
  private transient Clouds clouds = new Clouds(List.of());
  private transient List<CloudId> there = List.of();
  private transient String name = "";

  /**
   * @param mayChange whether the reader may play one
   * @param play plays the loss of a cloud
   */
  RehearsalsTab(
      Supplier<List<Rehearsal>> rehearsals, boolean mayChange, RehearsalDialog.Play play) {
    this.rehearsals = rehearsals;
    Paragraph sentence = new Paragraph(getTranslation("rehearsal.sentence"));
    sentence.addClassName("sentence");
    begin.addThemeVariants(ButtonVariant.LUMO_PRIMARY);
    begin.setVisible(mayChange);
    begin.addClickListener(click -> new RehearsalDialog(name, there, play).open());
    table =
        new Table<Rehearsal>(getTranslation("tab.rehearsals"), Rehearsal::id)
            .column(getTranslation("rehearsal.when"), RehearsalsTab::when)
            .column(getTranslation("rehearsal.cloud"), one -> clouds.chip(one.cloud()))
            .text(
                getTranslation("rehearsal.mode"),
                one -> getTranslation("rehearsal.mode." + one.mode()))
            .text(getTranslation("rehearsal.by"), Rehearsal::askedBy)
            .text(getTranslation("rehearsal.result"), this::result)
            .named();
    add(sentence, new Div(begin), content);
  }

  private static Component when(Rehearsal one) {
    return new Anchor(
        "/stacks/" + one.stack() + "/rehearsals/" + one.id(), Moment.compact(one.askedAt()));
  }

  private String result(Rehearsal one) {
    return one.run()
        .map(run -> new RehearsalRunWords(this).result(run))
        .orElseGet(() -> words.counts(one.report().counts()));
  }

  @Override
  void show(StackState state) {
    name = state.stack().name();
    clouds = new Clouds(state.clouds());
    there = state.parts().stream().map(part -> part.id().cloud()).distinct().sorted().toList();
    begin.setEnabled(!there.isEmpty() && state.stack().status().isAtRest());
    List<Rehearsal> all = rehearsals.get();
    content.removeAll();
    if (all.isEmpty()) {
      content.add(
          new EmptyState(
              getTranslation("rehearsal.empty"), getTranslation("rehearsal.empty-words")));
    } else {
      content.add(table);
      table.setRows(all);
    }
  }
}
