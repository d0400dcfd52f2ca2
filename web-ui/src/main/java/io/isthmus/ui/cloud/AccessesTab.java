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

/** Which projects may go into the cloud, as whom, and how that works. */
class AccessesTab extends CloudTab {

  private static final long serialVersionUID = 1L;

  /** What can be done to a project's access. */
  interface Actions {
    /** Tries it step by step. */
    void test(ProjectId project);

    /** Asks for another credential in its place. */
    void replace(ProjectId project);

    /** Asks whether it shall go. */
    void remove(ProjectId project);
  }

  private final transient Actions actions;
  private final transient Table<AccessDetails> table;
  private final Div body = new Div();

  AccessesTab(Actions actions) {
    this.actions = actions;
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
            .column(getTranslation("list.actions"), this::actions);
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
    ProjectId project = access.access().project();
    Button remove = action("access.remove", project, () -> actions.remove(project));
    remove.addThemeVariants(ButtonVariant.LUMO_ERROR);
    Div row =
        new Div(
            action("access.test", project, () -> actions.test(project)),
            action("access.replace", project, () -> actions.replace(project)),
            remove);
    row.addClassName("row");
    return row;
  }

  private Button action(String key, ProjectId project, Runnable act) {
    Button button = new Button(getTranslation(key), click -> act.run());
    button.addThemeVariants(ButtonVariant.LUMO_SMALL);
    button.setAriaLabel(getTranslation(key + "-of", project.toString()));
    return button;
  }
}
