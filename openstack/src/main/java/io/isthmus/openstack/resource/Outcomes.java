package io.isthmus.openstack.resource;

import io.isthmus.domain.fault.FaultCode;
import io.isthmus.domain.fault.FederationFault;
import io.isthmus.domain.language.Phrase;
import io.isthmus.domain.stack.Outcome;
import io.isthmus.openstack.http.CloudFault;
import java.util.function.Supplier;
import java.util.logging.Level;
import java.util.logging.Logger;

/** Turns what is thrown into what is answered. */
public final class Outcomes {
  private static final Logger LOG = Logger.getLogger(Outcomes.class.getName());

  private Outcomes() {}

  public static Outcome of(Supplier<Outcome> work) {
    try {
      return work.get();
    } catch (CloudFault fault) {
      return fault.isRefusal() ? new Outcome.Refused(fault) : new Outcome.Uncertain(fault);
    } catch (FederationFault fault) {
      return new Outcome.Refused(fault);
    } catch (RuntimeException defect) {
      return new Outcome.Uncertain(unexpected(defect));
    }
  }

  static FederationFault unexpected(RuntimeException defect) {
    LOG.log(Level.WARNING, "defect in a driver", defect);
    return new FederationFault(
        FaultCode.UNEXPECTED, Phrase.verbatim(defect.getClass().getSimpleName()));
  }
}
