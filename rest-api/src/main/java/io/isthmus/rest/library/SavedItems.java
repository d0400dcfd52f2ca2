package io.isthmus.rest.library;

import io.isthmus.domain.access.Caller;
import io.isthmus.domain.access.Callers;
import io.isthmus.domain.access.ProjectId;
import io.isthmus.domain.fault.FederationFault;
import io.isthmus.domain.library.ItemKind;
import io.isthmus.domain.library.Library;
import io.isthmus.domain.library.SavedItem;
import io.isthmus.rest.problem.Arguments;
import io.isthmus.rest.tenant.Projects;
import jakarta.enterprise.context.RequestScoped;
import jakarta.inject.Inject;
import jakarta.ws.rs.core.EntityTag;
import jakarta.ws.rs.core.Response;
import java.util.List;

/** What saved templates and saved policies have in common. */
@RequestScoped
public class SavedItems {

  @Inject Library library;
  @Inject Callers callers;
  @Inject Projects projects;

  List<SavedBody> list(ItemKind kind, String project) {
    Caller caller = callers.current();
    return library.list(projects.named(project, caller), kind, caller).stream()
        .map(SavedBody::summary)
        .toList();
  }

  /** The latest version, or the one that is asked for. */
  Response show(ItemKind kind, String name, String project, Integer version) {
    SavedItem found =
        versionsOf(kind, name, project).stream()
            .filter(item -> version == null || item.version() == version)
            .findFirst()
            .orElseThrow(() -> FederationFault.notFound(kind.text(), name + " " + version));
    return answer(Response.ok(), found);
  }

  List<SavedBody> versions(ItemKind kind, String name, String project) {
    return versionsOf(kind, name, project).stream().map(SavedBody::summary).toList();
  }

  /**
   * @param ifMatch the latest version that the caller knows of; nothing when the name is new
   */
  Response save(ItemKind kind, String name, String ifMatch, SaveRequest body) {
    Caller caller = callers.current();
    ProjectId project = projects.named(body.project(), caller);
    int seen = Math.toIntExact(Arguments.version(ifMatch).orElse(0));
    SavedItem saved = library.save(body.toCommand(project, kind, name, seen), caller);
    return answer(Response.status(seen == 0 ? Response.Status.CREATED : Response.Status.OK), saved);
  }

  void remove(ItemKind kind, String name, String project) {
    Caller caller = callers.current();
    library.remove(projects.named(project, caller), kind, name, caller);
  }

  private List<SavedItem> versionsOf(ItemKind kind, String name, String project) {
    Caller caller = callers.current();
    return library.versions(projects.named(project, caller), kind, name, caller);
  }

  private static Response answer(Response.ResponseBuilder response, SavedItem item) {
    return response
        .entity(SavedBody.whole(item))
        .tag(new EntityTag(Integer.toString(item.latest())))
        .build();
  }
}
