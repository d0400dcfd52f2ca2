package io.isthmus.ui.image;

import com.vaadin.cdi.annotation.RouteScoped;
import com.vaadin.flow.component.Component;
import com.vaadin.flow.component.button.Button;
import com.vaadin.flow.component.html.Anchor;
import com.vaadin.flow.component.html.Div;
import com.vaadin.flow.component.html.H2;
import com.vaadin.flow.component.html.Paragraph;
import com.vaadin.flow.component.html.Span;
import com.vaadin.flow.router.BeforeEnterEvent;
import com.vaadin.flow.router.Route;
import io.isthmus.domain.access.Callers;
import io.isthmus.domain.cloud.CloudService;
import io.isthmus.domain.cloud.Place;
import io.isthmus.domain.fault.FaultCode;
import io.isthmus.domain.fault.FederationFault;
import io.isthmus.domain.image.ImageCopy;
import io.isthmus.domain.image.ImageId;
import io.isthmus.domain.image.ImageSources;
import io.isthmus.domain.image.Images;
import io.isthmus.domain.image.ProjectImage;
import io.isthmus.domain.tenant.Role;
import io.isthmus.domain.tenant.TenantService;
import io.isthmus.ui.element.Clouds;
import io.isthmus.ui.element.Copyable;
import io.isthmus.ui.element.EmptyState;
import io.isthmus.ui.element.Facts;
import io.isthmus.ui.element.Glyph;
import io.isthmus.ui.element.Moment;
import io.isthmus.ui.element.Notice;
import io.isthmus.ui.element.Reader;
import io.isthmus.ui.element.RemovalDialog;
import io.isthmus.ui.element.RowAction;
import io.isthmus.ui.element.Table;
import io.isthmus.ui.shell.CurrentProject;
import io.isthmus.ui.shell.LiveUpdates;
import io.isthmus.ui.shell.MainLayout;
import io.isthmus.ui.shell.ProjectPage;
import io.isthmus.ui.widget.Mark;
import io.isthmus.ui.widget.Upload;
import jakarta.inject.Inject;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** One image of the project: what it is, how far its upload is, and where its copies are. */
@RouteScoped
@Route(value = ImagesView.ADDRESS + "/:id", layout = MainLayout.class)
public class ImageView extends ProjectPage {

  private static final long serialVersionUID = 1L;

  private final transient Images images;
  private final transient CloudService clouds;
  private final transient TenantService tenants;
  private final transient ImageWords words = new ImageWords(this::getTranslation);
  private final Upload upload = UploadWords.upload(this::getTranslation);
  private transient ImageId id;
  private transient Optional<Images.Kept> drawn = Optional.empty();
  private boolean changes;

  @Inject
  ImageView(
      Callers callers,
      CurrentProject current,
      Images images,
      CloudService clouds,
      TenantService tenants,
      LiveUpdates live) {
    super(callers, current);
    this.images = images;
    this.clouds = clouds;
    this.tenants = tenants;
    follow(live, this::refresh);
    setBreadcrumb(new Anchor("/" + ImagesView.ADDRESS, getTranslation("images.title")));
  }

  @Override
  protected void enter(BeforeEnterEvent event) {
    changes =
        tenants.projects(caller()).stream()
            .anyMatch(held -> held.project().equals(project()) && held.allow(Role.MEMBER));
    id = ImageId.parse(event.getRouteParameters().get("id").orElse(""));
    show(images.find(project(), id, caller()));
  }

  private void refresh() {
    try {
      Images.Kept now = images.find(project(), id, caller());
      if (!drawn.equals(Optional.of(now))) {
        show(now);
      }
    } catch (FederationFault fault) {
      if (fault.code() != FaultCode.NOT_FOUND) {
        throw fault;
      }
      if (drawn.isPresent()) {
        gone(drawn.get().image().name());
      }
    }
  }

  private void gone(String name) {
    drawn = Optional.empty();
    setActions();
    setBeside();
    setContent(
        new EmptyState(
            getTranslation("images.gone", name),
            "",
            new Anchor("/" + ImagesView.ADDRESS, getTranslation("images.title"))));
  }

  private void show(Images.Kept kept) {
    drawn = Optional.of(kept);
    ProjectImage image = kept.image();
    setPageTitle(image.name());
    setBeside(words.state(kept));
    setSentence(
        image.description().isEmpty()
            ? getTranslation("images.one", image.format().text(), words.size(image.size()))
            : image.description());
    setActions(actions(kept));
    List<Component> content = new ArrayList<>();
    image
        .trouble()
        .ifPresent(
            why ->
                content.add(
                    new Notice(
                        image.state() == ProjectImage.State.READING ? Mark.DEGRADED : Mark.FAILED,
                        getTranslation(
                            image.state() == ProjectImage.State.READING
                                ? "images.read-again"
                                : "images.state-refused"),
                        new Paragraph(why.in(Reader.locale())))));
    if (image.state() == ProjectImage.State.UPLOADING && changes) {
      upload.show(
          id.toString(), ContentServlet.address(project(), id), image.size(), kept.received());
      content.add(upload);
    }
    content.add(facts(kept));
    content.add(new H2(getTranslation("images.copies")));
    content.add(
        kept.copies().isEmpty() ? new Paragraph(getTranslation("images.no-copies")) : copies(kept));
    setContent(content.toArray(Component[]::new));
  }

  private Component[] actions(Images.Kept kept) {
    if (!changes || kept.image().state() == ProjectImage.State.DELETING) {
      return new Component[0];
    }
    List<Component> offered = new ArrayList<>();
    offered.add(
        new Button(
            getTranslation("images.change"),
            click -> new ChangeDialog(images, caller(), kept, this::refresh).open()));
    if (kept.stacks().isEmpty()) {
      offered.add(new Button(getTranslation("images.remove"), click -> askToRemove(kept)));
    }
    return offered.toArray(Component[]::new);
  }

  private Facts facts(Images.Kept kept) {
    ProjectImage image = kept.image();
    Facts facts =
        new Facts()
            .fact(getTranslation("images.format"), image.format().text())
            .fact(getTranslation("images.size"), words.size(image.size()))
            .fact(
                getTranslation("images.least"),
                getTranslation("images.least-words", image.minDiskGiB(), image.minRamMiB()))
            .fact(getTranslation("images.id"), new Copyable(image.id().toString()));
    image
        .source()
        .ifPresent(
            at ->
                facts.fact(getTranslation("images.source"), new Copyable(ImageSources.shown(at))));
    image.digests().md5().ifPresent(hex -> facts.fact("MD5", new Copyable(hex)));
    image.digests().sha256().ifPresent(hex -> facts.fact("SHA-256", new Copyable(hex)));
    image.digests().sha512().ifPresent(hex -> facts.fact("SHA-512", new Copyable(hex)));
    image.properties().forEach((key, value) -> facts.fact(key, new Span(value)));
    facts.fact(
        getTranslation("images.unused"),
        getTranslation(image.removeUnused() ? "images.unused-go" : "images.unused-stay"));
    facts.fact(
        getTranslation("images.added"),
        Moment.compact(image.addedAt()),
        new Span(" · " + image.addedBy()));
    facts.fact(
        getTranslation("images.stacks"),
        kept.stacks().isEmpty()
            ? getTranslation("images.no-stacks")
            : String.join(", ", kept.stacks()));
    return facts;
  }

  private Component copies(Images.Kept kept) {
    Clouds known = new Clouds(clouds.list(caller(), project()));
    long size = kept.image().size();
    Table<ImageCopy> table =
        new Table<ImageCopy>(getTranslation("images.copies"), ImageCopy::id)
            .column(
                getTranslation("images.place"),
                copy -> known.place(Place.inRegion(copy.account().cloud(), copy.region())))
            .column(getTranslation("images.state"), copy -> words.state(copy, size))
            .text(getTranslation("images.way"), words::way)
            .column(
                getTranslation("images.checked"),
                copy ->
                    copy.checkedAt()
                        .<Component>map(Moment::ago)
                        .orElseGet(() -> Moment.ago(copy.changedAt())))
            .column(
                "Glance",
                copy -> copy.glanceId().<Component>map(Copyable::shortened).orElseGet(Div::new))
            .column(
                getTranslation("images.problem"),
                copy -> new Span(copy.trouble().map(why -> why.in(Reader.locale())).orElse("")));
    if (changes) {
      table.actions(
          getTranslation("images.actions"),
          List.of(
              RowAction.<ImageCopy>of(
                      Glyph.TRASH,
                      copy -> getTranslation("images.copy-remove", place(copy)),
                      copy -> askToRemove(kept.image(), copy))
                  .harmful()
                  .when(copy -> copy.state() != ImageCopy.State.REMOVING)));
    }
    table.setRows(kept.copies());
    return table;
  }

  private static String place(ImageCopy copy) {
    return copy.account().cloud() + "/" + copy.region();
  }

  private void askToRemove(Images.Kept kept) {
    new RemovalDialog(
            getTranslation("images.remove-title", kept.image().name()),
            List.of(getTranslation("images.remove-lost"), getTranslation("images.remove-copies")),
            kept.image().name(),
            getTranslation("images.remove"),
            () -> {
              images.remove(project(), id, caller());
              getUI().ifPresent(ui -> ui.navigate(ImagesView.ADDRESS));
            })
        .open();
  }

  private void askToRemove(ProjectImage image, ImageCopy copy) {
    new RemovalDialog(
            getTranslation("images.copy-remove", place(copy)),
            List.of(
                getTranslation(
                    copy.made() ? "images.copy-remove-ours" : "images.copy-remove-found")),
            image.name(),
            getTranslation("images.remove"),
            () -> {
              images.removeCopy(project(), id, copy.id().toString(), caller());
              refresh();
            })
        .open();
  }
}
