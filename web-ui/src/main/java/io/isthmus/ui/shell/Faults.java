package io.isthmus.ui.shell;

import io.isthmus.domain.fault.FaultCode;
import io.isthmus.domain.fault.FederationFault;
import io.isthmus.domain.language.Phrase;
import io.isthmus.domain.trace.RequestId;
import java.util.logging.Level;
import java.util.logging.Logger;

/** Finds the fault in what was thrown. */
public final class Faults {

  private static final Logger LOG = Logger.getLogger(Faults.class.getName());

  private Faults() {}

  /** The fault itself, however wrapped; for a defect, one that holds nothing but a trace id. */
  public static FederationFault of(Throwable thrown) {
    for (Throwable cause = thrown; cause != null; cause = cause.getCause()) {
      if (cause instanceof FederationFault fault) {
        return fault;
      }
    }
    String trace = RequestId.currentOrFresh().text();
    LOG.log(Level.SEVERE, "unexpected failure in the portal, request " + trace, thrown);
    return new FederationFault(FaultCode.UNEXPECTED, Phrase.of("fault.unexpected", trace));
  }
}
