package io.isthmus.ui.cloud;

import com.vaadin.flow.component.UI;
import com.vaadin.flow.component.button.Button;
import com.vaadin.flow.component.dialog.Dialog;
import com.vaadin.flow.component.html.Div;
import io.isthmus.domain.access.Caller;
import io.isthmus.domain.access.ProjectId;
import io.isthmus.domain.cloud.CloudAccessService;
import io.isthmus.domain.cloud.CloudId;
import io.isthmus.ui.shell.PageWork;
import java.util.Optional;

/** Tries a saved access step by step, as soon as it is opened. */
class AccessTestDialog extends Dialog {

  private static final long serialVersionUID = 1L;

  private final transient PageWork work;
  private final transient CloudAccessService accesses;
  private final transient Caller caller;
  private final transient CloudId cloud;
  private final transient ProjectId project;
  private final Div outcome = new Div();
  private final Button again = new Button();

  AccessTestDialog(
      PageWork work, CloudAccessService accesses, Caller caller, CloudId cloud, ProjectId project) {
    this.work = work;
    this.accesses = accesses;
    this.caller = caller;
    this.cloud = cloud;
    this.project = project;
    setHeaderTitle(getTranslation("test.title"));
    add(outcome);
    again.setText(getTranslation("test.again"));
    again.addClickListener(click -> test());
    getFooter().add(new Button(getTranslation("shell.close"), click -> close()), again);
    setWidth("760px");
    setMaxWidth("100%");
    addOpenedChangeListener(
        change -> {
          if (change.isOpened()) {
            test();
          }
        });
  }

  private void test() {
    ConnectionReport report = new ConnectionReport(cloud, project);
    outcome.removeAll();
    outcome.add(report);
    again.setEnabled(false);
    work.run(
        UI.getCurrent(),
        tell ->
            accesses.test(
                caller,
                project,
                cloud,
                Optional.empty(),
                check -> tell.accept(() -> report.add(check))),
        all -> {
          report.end();
          again.setEnabled(true);
        },
        fault -> {
          report.end(fault);
          again.setEnabled(true);
        });
  }
}
