package io.isthmus.ui.cloud;

import com.vaadin.flow.component.Component;
import com.vaadin.flow.component.button.Button;
import com.vaadin.flow.component.button.ButtonVariant;
import com.vaadin.flow.component.html.Anchor;
import com.vaadin.flow.component.html.Div;
import com.vaadin.flow.component.html.Paragraph;
import com.vaadin.flow.component.html.Span;
import io.isthmus.domain.access.ProjectId;
import io.isthmus.domain.cloud.CloudDetails.AccessDetails;
import io.isthmus.domain.cloud.CloudInventory;
import io.isthmus.ui.element.EmptyState;
import io.isthmus.ui.element.HealthCell;
import io.isthmus.ui.element.Moment;
import io.isthmus.ui.element.Table;
import java.util.List;
import java.util.function.Consumer;

/** Which projects may go into the cloud, as whom, and how that works. */
class AccessesTab extends CloudTab {

  private static final long serialVersionUID = 1L;

  private final transient Consumer<ProjectId> remove;
  private final transient Table<AccessDetails> table;
  private final Div body = new Div();

  /**
   * @param remove asks whether a project's access shall go
   */
  AccessesTab(Consumer<ProjectId> remove) {
    this.remove = remove;
    table =
        new Table<AccessDetails>(getTranslation("clouds.accesses"), each -> each.access().project())
            .text(getTranslation("access.project"), each -> each.access().project().toString())
            .text(getTranslation("access.as"), each -> each.access().signsInAs())
            .text(
                getTranslation("clouds.regions"),
                each ->
                    each.access().regions().isEmpty()
                        ? getTranslation("access.all-regions")
                        : String.join(", ", each.access().regions()))
            .column(getTranslation("cloud.health"), each -> new HealthCell(each.health()))
            .column(getTranslation("access.read"), this::read)
            .column("", this::actions);
    Paragraph words = new Paragraph(getTranslation("access.words"));
    words.addClassName("quiet");
    add(words, body, new Anchor(AddCloudView.ADDRESS, getTranslation("access.add")));
  }

  @Override
  void show(CloudState state) {
    List<AccessDetails> accesses = state.details().accesses();
    body.removeAll();
    table.setRows(accesses);
    body.add(
        accesses.isEmpty()
            ? new EmptyState(
                getTranslation("clouds.no-access"), getTranslation("access.none-words"))
            : table);
  }

  @Override
  void age() {
    table.redraw();
  }

  private Component read(AccessDetails access) {
    return access
        .inventory()
        .map(CloudInventory::takenAt)
        .<Component>map(Moment::ago)
        .orElseGet(() -> new Span(getTranslation("access.never")));
  }

  private Component actions(AccessDetails access) {
    Button button =
        new Button(
            getTranslation("access.remove"), click -> remove.accept(access.access().project()));
    button.addThemeVariants(ButtonVariant.LUMO_SMALL, ButtonVariant.LUMO_ERROR);
    button.setAriaLabel(getTranslation("access.remove-of", access.access().project().toString()));
    return button;
  }
}
