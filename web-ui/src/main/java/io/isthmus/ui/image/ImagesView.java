package io.isthmus.ui.image;

import com.vaadin.cdi.annotation.RouteScoped;
import com.vaadin.flow.component.Component;
import com.vaadin.flow.component.button.Button;
import com.vaadin.flow.component.button.ButtonVariant;
import com.vaadin.flow.component.html.Anchor;
import com.vaadin.flow.router.BeforeEnterEvent;
import com.vaadin.flow.router.Route;
import io.isthmus.domain.access.Callers;
import io.isthmus.domain.image.ImageCopy;
import io.isthmus.domain.image.ImageSources;
import io.isthmus.domain.image.Images;
import io.isthmus.domain.tenant.Role;
import io.isthmus.domain.tenant.TenantService;
import io.isthmus.ui.element.EmptyState;
import io.isthmus.ui.element.NaturalOrder;
import io.isthmus.ui.list.ListColumn;
import io.isthmus.ui.list.ListPanel;
import io.isthmus.ui.list.ListSource;
import io.isthmus.ui.list.ListState;
import io.isthmus.ui.shell.CurrentProject;
import io.isthmus.ui.shell.LiveUpdates;
import io.isthmus.ui.shell.MainLayout;
import io.isthmus.ui.shell.ProjectPage;
import io.isthmus.ui.unsent.UnsentForms;
import jakarta.inject.Inject;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.stream.Stream;

/** The images of the project, uploaded once for all its clouds. */
@RouteScoped
@Route(value = ImagesView.ADDRESS, layout = MainLayout.class)
public class ImagesView extends ProjectPage {

  static final String ADDRESS = "images";

  private static final long serialVersionUID = 1L;

  private final transient Images images;
  private final transient TenantService tenants;
  private final transient UnsentForms forms;
  private final transient ImageWords words = new ImageWords(this::getTranslation);
  private final transient ListPanel<Images.Kept> list;
  private boolean changes;

  @Inject
  ImagesView(
      Callers callers,
      CurrentProject current,
      Images images,
      TenantService tenants,
      UnsentForms forms,
      LiveUpdates live) {
    super(callers, current);
    this.images = images;
    this.tenants = tenants;
    this.forms = forms;
    list =
        new ListPanel<>(
            getTranslation("images.title"),
            kept -> kept.image().id(),
            ListSource.of(this::kept, ImagesView::isWanted, orders()),
            () -> ADDRESS);
    follow(live, list::refresh);
    list.search(getTranslation("images.search")).whenEmpty(this::teacher);
    columns().forEach(list::column);
    setPageTitle(getTranslation("images.title"));
    setSentence(getTranslation("images.sentence"));
    setContent(list);
  }

  private List<ListColumn<Images.Kept>> columns() {
    return List.of(
        ListColumn.<Images.Kept>of(
                "name",
                getTranslation("images.name"),
                kept -> new Anchor("/" + ADDRESS + "/" + kept.image().id(), kept.image().name()),
                kept -> kept.image().name())
            .sorts(),
        ListColumn.<Images.Kept>text(
                "format", getTranslation("images.format"), kept -> kept.image().format().text())
            .sorts(),
        ListColumn.<Images.Kept>number(
                "size",
                getTranslation("images.size"),
                kept -> words.size(kept.image().size()),
                kept -> kept.image().size())
            .sorts(),
        ListColumn.<Images.Kept>of(
                "state",
                getTranslation("images.state"),
                words::state,
                kept -> kept.image().state().name().toLowerCase(Locale.ROOT))
            .sorts(),
        ListColumn.<Images.Kept>text(
                "copies", getTranslation("images.copies"), kept -> String.join(", ", places(kept)))
            .sorts(),
        ListColumn.<Images.Kept>text(
                "stacks", getTranslation("images.stacks"), kept -> String.join(", ", kept.stacks()))
            .sorts());
  }

  private static List<String> places(Images.Kept kept) {
    return kept.copies().stream()
        .filter(copy -> copy.state() == ImageCopy.State.ACTIVE)
        .map(copy -> copy.account().cloud() + "/" + copy.region())
        .distinct()
        .toList();
  }

  private static Map<String, Comparator<Images.Kept>> orders() {
    return Map.of(
        "name",
        Comparator.comparing(kept -> kept.image().name(), NaturalOrder.OF_NAMES),
        "format",
        Comparator.comparing(kept -> kept.image().format()),
        "size",
        Comparator.comparing(kept -> kept.image().size()),
        "state",
        Comparator.comparing(kept -> kept.image().state()),
        "copies",
        Comparator.comparing(kept -> places(kept).size()),
        "stacks",
        Comparator.comparing(kept -> kept.stacks().size()));
  }

  private static boolean isWanted(ListState asked, Images.Kept kept) {
    String part = asked.text().toLowerCase(Locale.ROOT);
    return Stream.of(
            Stream.of(
                kept.image().name(),
                kept.image().id().toString(),
                kept.image().format().text(),
                kept.image().description(),
                kept.image().source().map(ImageSources::shown).orElse("")),
            kept.image().digests().sha256().stream(),
            kept.image().digests().sha512().stream(),
            places(kept).stream(),
            kept.stacks().stream())
        .flatMap(texts -> texts)
        .anyMatch(text -> text.toLowerCase(Locale.ROOT).contains(part));
  }

  private List<Images.Kept> kept() {
    return images.list(project(), caller());
  }

  @Override
  protected void enter(BeforeEnterEvent event) {
    // Who may only look is offered nothing that would be refused.
    changes =
        tenants.projects(caller()).stream()
            .anyMatch(held -> held.project().equals(project()) && held.allow(Role.MEMBER));
    setActions(changes ? new Component[] {adding()} : new Component[0]);
    list.show(ListState.of(event.getLocation().getQueryParameters()));
  }

  private Button adding() {
    Button add = new Button(getTranslation("images.add"), click -> add());
    add.addThemeVariants(ButtonVariant.LUMO_PRIMARY);
    return add;
  }

  private void add() {
    new AddDialog(images, caller(), project(), forms.of(caller(), ADDRESS + "/" + project()))
        .open();
  }

  private Component teacher() {
    EmptyState empty =
        new EmptyState(getTranslation("images.empty"), getTranslation("images.empty-words"));
    if (changes) {
      empty.add(new Button(getTranslation("images.add"), click -> add()));
    }
    return empty;
  }
}
