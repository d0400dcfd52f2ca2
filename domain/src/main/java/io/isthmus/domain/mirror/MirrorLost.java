package io.isthmus.domain.mirror;

/** Another server reads the list now, or it is gone; nothing more is to be written of it. */
final class MirrorLost extends RuntimeException {
  private static final long serialVersionUID = 1L;

  MirrorLost(MirrorTask task) {
    super("the list " + task.list() + " is another's or gone");
  }
}
