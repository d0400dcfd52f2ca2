package io.isthmus.ui.insurance;

import com.vaadin.flow.component.Component;
import com.vaadin.flow.component.html.Anchor;
import com.vaadin.flow.component.html.Div;
import com.vaadin.flow.component.html.H2;
import com.vaadin.flow.component.html.Paragraph;
import com.vaadin.flow.component.html.Span;
import io.isthmus.domain.insurance.Insurance;
import io.isthmus.domain.placement.LostResource;
import io.isthmus.ui.element.Clouds;
import io.isthmus.ui.element.Moment;
import io.isthmus.ui.element.Reader;
import io.isthmus.ui.element.StateBadge;
import io.isthmus.ui.element.Table;
import io.isthmus.ui.widget.Mark;
import java.util.List;

/** For each cloud, what would be if it vanished now. */
public class InsurancePanel extends Div {

  private static final long serialVersionUID = 1L;

  private final transient Table<Insurance> table;
  private final Paragraph words = new Paragraph();
  private transient Clouds clouds = new Clouds(List.of());

  /** What is shown is told by {@link #show}. */
  public InsurancePanel() {
    addClassName("stack");
    table =
        new Table<Insurance>(getTranslation("insurance.title"), Insurance::cloud)
            .column(getTranslation("insurance.cloud"), this::cloud)
            .column(getTranslation("insurance.answer"), one -> answer(this, one))
            .number(
                getTranslation("loss.outcome.NO_PLACE"),
                one -> of(one, LostResource.Outcome.NO_PLACE))
            .number(
                getTranslation("loss.outcome.STAYS_DOWN"),
                one -> of(one, LostResource.Outcome.STAYS_DOWN))
            .number(
                getTranslation("loss.outcome.MOVABLE"),
                one -> of(one, LostResource.Outcome.MOVABLE))
            .number(
                getTranslation("loss.outcome.MOVES"), one -> of(one, LostResource.Outcome.MOVES))
            .column(getTranslation("insurance.counted"), one -> age(this, one))
            .named();
    words.addClassName("quiet");
    add(new H2(getTranslation("insurance.title")), words, table);
    setVisible(false);
  }

  private static String of(Insurance one, LostResource.Outcome outcome) {
    return Reader.formats().number(one.of(outcome));
  }

  /**
   * Shows what is known now; nothing when there is nothing to lose.
   *
   * @param all whether all stacks of the federation are counted, and not one project's
   */
  public void show(List<Insurance> insurance, boolean all, Clouds known) {
    clouds = known;
    List<Insurance> told = insurance.stream().filter(one -> one.stacks() > 0).toList();
    words.setText(getTranslation(all ? "insurance.words-all" : "insurance.words"));
    table.setRows(told);
    setVisible(!told.isEmpty());
  }

  private Component cloud(Insurance one) {
    return new Anchor(InsuranceView.address(one.cloud()), clouds.chip(one.cloud()));
  }

  /** The answer in one word: whether all would find a place. */
  static StateBadge answer(Component page, Insurance one) {
    if (one.countedAt().isEmpty()) {
      return new StateBadge(Mark.UNKNOWN, page.getTranslation("insurance.not-yet"));
    }
    if (one.of(LostResource.Outcome.NO_PLACE) > 0) {
      return new StateBadge(Mark.FAILED, page.getTranslation("insurance.does-not-fit"));
    }
    if (one.unknown() > 0 || one.stale()) {
      return new StateBadge(Mark.UNKNOWN, page.getTranslation("insurance.not-known"));
    }
    return new StateBadge(Mark.COMPLETE, page.getTranslation("insurance.fits"));
  }

  /** When it was counted; a stale answer says that it is, and why. */
  static Component age(Component page, Insurance one) {
    Div cell = new Div();
    one.countedAt()
        .ifPresentOrElse(
            at -> cell.add(Moment.ago(at)),
            () -> cell.add(new Span(page.getTranslation("insurance.never"))));
    if (one.stale()) {
      Div stale =
          new Div(new Span(page.getTranslation(stale(one), one.uncounted() + one.changed())));
      stale.addClassNames("quiet", "small");
      cell.add(stale);
    }
    return cell;
  }

  private static String stale(Insurance one) {
    return one.uncounted() + one.changed() > 0 ? "insurance.stale-some" : "insurance.stale-old";
  }
}
