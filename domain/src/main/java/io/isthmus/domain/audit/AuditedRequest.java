package io.isthmus.domain.audit;

import io.isthmus.domain.access.ProjectId;
import io.isthmus.domain.audit.AuditRecord.Reason;
import io.isthmus.domain.audit.AuditRecord.Target;
import io.isthmus.domain.fault.FederationFault;
import java.util.Optional;

/**
 * A request of a person or program, for as long as a thread serves it, and what is recorded of it.
 * What changes something, and what a use case refuses, is recorded by the use cases themselves.
 * Reads are only noted: a request that reads has one record, however much it reads, which {@link
 * RequestAudit} writes at its end.
 */
public final class AuditedRequest implements AutoCloseable {

  private static final ThreadLocal<AuditedRequest> CURRENT = new ThreadLocal<>();

  /** What was read first. */
  record Read(String action, Target target) {}

  private final Face face;
  private final Optional<String> client;
  private final Optional<AuditedRequest> before;
  private Optional<ProjectId> project = Optional.empty();
  private Optional<Read> read = Optional.empty();
  private Optional<Reason> refusal = Optional.empty();
  private boolean changed;
  private boolean failed;
  private int depth;
  private boolean open;

  private AuditedRequest(Face face, Optional<String> client) {
    this.face = face;
    this.client = client;
    this.before = current();
  }

  /**
   * Says that this thread serves a request, until it is closed.
   *
   * @return to be closed by the same thread
   */
  public static AuditedRequest serve(Face face) {
    return serve(face, Optional.empty());
  }

  /**
   * The same for one that may come from anybody.
   *
   * @param client from which address, see {@link io.isthmus.domain.access.ClientAddresses}
   */
  public static AuditedRequest serve(Face face, String client) {
    return serve(face, Optional.of(client));
  }

  private static AuditedRequest serve(Face face, Optional<String> client) {
    AuditedRequest request = new AuditedRequest(face, client);
    CURRENT.set(request);
    return request;
  }

  /** The request that this thread serves; empty for work that nobody asked for just now. */
  static Optional<AuditedRequest> current() {
    return Optional.ofNullable(CURRENT.get());
  }

  /** Notes on whose behalf the request is made that this thread serves. */
  public static void onBehalfOf(ProjectId project) {
    current().ifPresent(request -> request.project = Optional.of(project));
  }

  /** Notes why the request is refused that this thread serves. */
  public static void refused(FederationFault fault) {
    current().ifPresent(request -> request.refusal = Optional.of(Reason.of(fault)));
  }

  Face face() {
    return face;
  }

  Optional<String> client() {
    return client;
  }

  Optional<ProjectId> project() {
    return project;
  }

  Optional<Read> read() {
    return read;
  }

  Optional<Reason> refusal() {
    return refusal;
  }

  /**
   * Opens the use case that is asked for; what it asks of others is part of it.
   *
   * @return whether it is that one
   */
  boolean open() {
    boolean first = !open;
    open = true;
    return first;
  }

  void close(boolean first) {
    if (first) {
      open = false;
      depth = 0;
    }
  }

  /**
   * Enters a use case's transaction.
   *
   * @return whether it is the one that was asked for
   */
  boolean enter() {
    depth++;
    return depth == 1;
  }

  void leave() {
    depth--;
  }

  void noteRead(String action, Target target) {
    if (read.isEmpty()) {
      read = Optional.of(new Read(action, target));
    }
  }

  void noteChange() {
    changed = true;
  }

  void noteFailure() {
    failed = true;
  }

  /** Whether what came of it is recorded already. */
  boolean isRecorded(boolean refused) {
    return refused ? failed : changed;
  }

  @Override
  public void close() {
    before.ifPresentOrElse(CURRENT::set, CURRENT::remove);
  }
}
